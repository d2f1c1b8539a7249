'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactNode, type RefObject } from 'react'
import { cx } from './class-names'
import { Kbd } from './kbd'
import type { MenuEntry } from './menu'
import { popupItemStyles, popupStyles } from './popup-styles'

type MenuPopupProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  anchor: RefObject<HTMLElement | null>
  items: readonly MenuEntry[]
  label: string
  align: 'start' | 'center' | 'end'
  side: 'top' | 'bottom'
}

export function MenuPopup({ open, onOpenChange, anchor, items, label, align, side }: MenuPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align={align} side={side} className="z-50">
          <Base.Popup aria-label={label} finalFocus={anchor} className={cx(popupStyles, 'min-w-44 p-1')}>
            {items.map((entry, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a menu's entries keep their order while it is open
              <Fragment key={place}>{renderEntry(entry)}</Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function renderEntry(entry: MenuEntry): ReactNode {
  if (entry.kind === 'separator') return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
  if (entry.kind === 'heading')
    return <div className="px-2 pt-1.5 pb-1 font-medium text-ink-3 text-meta">{entry.label}</div>
  const look = cx(popupItemStyles, entry.danger && 'text-bad-ink')
  const content = (
    <>
      {entry.icon}
      <span className="flex-1">{entry.label}</span>
      {entry.checked && <Check aria-hidden />}
      {entry.shortcut && <Kbd keys={entry.shortcut} />}
    </>
  )
  if (entry.href)
    return (
      <Base.LinkItem render={<Link href={entry.href} />} closeOnClick className={look}>
        {content}
      </Base.LinkItem>
    )
  return (
    <Base.Item disabled={entry.disabled} onClick={entry.onSelect} className={look}>
      {content}
      {entry.checked && <span className="sr-only"> ✓</span>}
    </Base.Item>
  )
}
