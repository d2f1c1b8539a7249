'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { cx } from './class-names'
import { IconButton } from './icon-button'
import { Kbd } from './kbd'
import { popupItemStyles, popupStyles } from './popup-styles'

export type MenuEntry =
  | {
      kind?: 'item'
      label: string
      icon?: ReactNode
      /** Goes somewhere … */
      href?: string
      /** … or does something. */
      onSelect?: () => void
      shortcut?: string
      danger?: boolean
      disabled?: boolean
      /** A tick in front: one of several choices that is chosen now. */
      checked?: boolean
    }
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }

type MenuProps = {
  items: readonly MenuEntry[]
  /** Whose menu: "Actions for Rower miejski". */
  label: string
  /** Something else than the ⋯ button. */
  trigger?: ReactElement
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
}

export function Menu({ items, label, trigger, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger ?? <IconButton size="small" label={label} icon={<Ellipsis aria-hidden />} />} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50">
          <Base.Popup aria-label={label} className={cx(popupStyles, 'min-w-44 p-1')}>
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
