'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from './kbd'

type TooltipProps = { text: string; shortcut?: string | undefined; children: ReactElement }

/** A name or a hint for one control; never the only place of anything needed, for a finger cannot hover. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-60">
          <Base.Popup className="flex max-w-64 items-center gap-2 rounded-control bg-ink px-2 py-1 text-meta text-paper shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
            {shortcut && <Kbd keys={shortcut} inverse />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
