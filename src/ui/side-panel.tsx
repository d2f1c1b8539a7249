'use client'

import type { ReactNode } from 'react'
import { late } from './late'
import { useEver } from './use-late'

const PanelPopup = late(() => import('./side-panel-popup').then((module) => module.SidePanelPopup))

export type SidePanelProps = {
  open: boolean
  /** Called for Esc and the close button: the page takes the record out of its URL. */
  onClose: () => void
  title: ReactNode
  /** Facts under the title. */
  subtitle?: ReactNode
  /** The record before and after in the list; undefined at an end. */
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  /** Icon buttons beside the close button. */
  actions?: ReactNode
  /** Buttons that stay in sight at the foot. */
  footer?: ReactNode
  children: ReactNode
}

/**
 * The record beside its list: 480 px on the right, a sheet from below on a phone. Not modal, so that the list stays in
 * use: a click on another row changes the record.
 */
export function SidePanel(props: SidePanelProps) {
  return useEver(props.open) ? <PanelPopup {...props} /> : null
}
