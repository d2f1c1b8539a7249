'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
import { cx } from './class-names'
import { popupStyles } from './popup-styles'

type PopoverPopupProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  anchor: RefObject<HTMLElement | null>
  title: string
  align: 'start' | 'center' | 'end'
  children: ReactNode
}

export function PopoverPopup({ open, onOpenChange, anchor, title, align, children }: PopoverPopupProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, details) => {
        // A press on the trigger toggles by itself; closing here as well would open it again.
        const target = details.event.target
        if (!next && target instanceof Node && anchor.current?.contains(target)) return
        onOpenChange(next)
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={6} align={align} className="z-50">
          <Base.Popup
            data-keys="off"
            finalFocus={anchor}
            className={cx(popupStyles, 'w-72 max-w-(--available-width) p-3')}
          >
            <Base.Title className="mb-1.5 font-bold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
