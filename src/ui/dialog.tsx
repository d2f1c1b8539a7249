'use client'

import type { FormEventHandler, ReactElement, ReactNode } from 'react'
import { late } from './late'
import { Opens } from './opens'
import { useEver, useOpen } from './use-late'

const DialogPopup = late(() => import('./dialog-popup').then((module) => module.DialogPopup))

export type DialogContent = {
  title: string
  description?: ReactNode
  /** Buttons at the end: the main one last. */
  footer?: ReactNode
  /** Makes the whole dialog a form, so that Enter saves. */
  onSubmit?: FormEventHandler<HTMLFormElement>
  wide?: boolean
  children?: ReactNode
}

type DialogProps = DialogContent & {
  /** Opens it, where nothing else does. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Opens in the middle, keeps the focus, closes with Esc. Uncontrolled with `trigger`, else by `open`. */
export function Dialog({ trigger, open, onOpenChange, ...content }: DialogProps) {
  const [isOpen, setOpen] = useOpen(open, onOpenChange)
  const ever = useEver(isOpen)
  return (
    <>
      {trigger && <Opens element={trigger} kind="dialog" open={isOpen} onOpen={() => setOpen(true)} />}
      {ever && <DialogPopup open={isOpen} onOpenChange={setOpen} {...content} />}
    </>
  )
}
