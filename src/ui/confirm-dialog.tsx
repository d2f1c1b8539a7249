'use client'

import type { ReactElement, ReactNode } from 'react'
import { late } from './late'
import { Opens } from './opens'
import { useEver, useOpen } from './use-late'

const ConfirmPopup = late(() => import('./confirm-popup').then((module) => module.ConfirmPopup))

export type ConfirmContent = {
  title: string
  /** What will happen, and what stays. */
  description: ReactNode
  /** The verb: "Delete watch", never "OK". */
  confirm: string
  /** May take its time: the button shows it, and the dialog closes after. When it throws, the dialog stays open. */
  onConfirm: () => unknown
  danger?: boolean
}

type ConfirmDialogProps = ConfirmContent & {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Only for what cannot be undone; whatever can be undone is done at once, with a toast that undoes it. */
export function ConfirmDialog({ trigger, open, onOpenChange, ...content }: ConfirmDialogProps) {
  const [isOpen, setOpen] = useOpen(open, onOpenChange)
  const ever = useEver(isOpen)
  return (
    <>
      {trigger && <Opens element={trigger} kind="dialog" open={isOpen} onOpen={() => setOpen(true)} />}
      {ever && <ConfirmPopup open={isOpen} onOpenChange={setOpen} {...content} />}
    </>
  )
}
