'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './class-names'
import { popupStyles } from './popup-styles'

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
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50">
          <Base.Popup data-keys="off" className={cx(popupStyles, 'w-72 max-w-(--available-width) p-3')}>
            <Base.Title className="mb-1.5 font-bold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
