'use client'

import { Ellipsis } from 'lucide-react'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { IconButton } from './icon-button'
import { late } from './late'
import { Opens } from './opens'
import { useEver } from './use-late'

const MenuPopup = late(() => import('./menu-popup').then((module) => module.MenuPopup))

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
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const ever = useEver(open)
  const element = trigger ?? <IconButton size="small" label={label} icon={<Ellipsis aria-hidden />} />
  return (
    <>
      <Opens element={element} kind="menu" open={open} onOpen={() => setOpen(true)} anchor={anchor} />
      {ever && (
        <MenuPopup
          open={open}
          onOpenChange={setOpen}
          anchor={anchor}
          items={items}
          label={label}
          align={align}
          side={side}
        />
      )}
    </>
  )
}
