'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { RefObject } from 'react'
import { Kbd } from './kbd'

type TooltipPopupProps = {
  open: boolean
  onClose: () => void
  /** Its first child is what the hint is about. */
  holder: RefObject<HTMLElement | null>
  text: string
  shortcut: string | undefined
}

export function TooltipPopup({ open, onClose, holder, text, shortcut }: TooltipPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={() => holder.current?.firstElementChild ?? null} sideOffset={6} className="z-60">
          <Base.Popup className="pointer-events-none flex max-w-64 items-center gap-2 rounded-control bg-ink px-2 py-1 text-meta text-paper shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
            {shortcut && <Kbd keys={shortcut} inverse />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
