'use client'

import { type ReactElement, type ReactNode, useRef } from 'react'
import { late } from './late'
import { Opens } from './opens'
import { useEver, useOpen } from './use-late'

const PopoverPopup = late(() => import('./popover-popup').then((module) => module.PopoverPopup))

type PopoverProps = {
  trigger: ReactElement
  /** Read out, and shown on top. */
  title: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
}

/** A few controls or an explanation beside what was pressed. */
export function Popover({ trigger, title, children, open, onOpenChange, align = 'start' }: PopoverProps) {
  const [isOpen, setOpen] = useOpen(open, onOpenChange)
  const anchor = useRef<HTMLButtonElement>(null)
  const ever = useEver(isOpen)
  return (
    <>
      <Opens element={trigger} kind="dialog" open={isOpen} onOpen={() => setOpen(!isOpen)} anchor={anchor} />
      {ever && (
        <PopoverPopup open={isOpen} onOpenChange={setOpen} anchor={anchor} title={title} align={align}>
          {children}
        </PopoverPopup>
      )}
    </>
  )
}
