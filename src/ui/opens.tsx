'use client'

import { cloneElement, type KeyboardEvent, type MouseEvent, type ReactElement, type Ref } from 'react'

/** A button of ours that opens something; the code of that something may not be here yet. */
export type TriggerElement = ReactElement<{
  onClick?: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined
  onKeyDown?: ((event: KeyboardEvent<HTMLButtonElement>) => void) | undefined
  ref?: Ref<HTMLButtonElement> | undefined
  'aria-haspopup'?: 'dialog' | 'menu' | undefined
  'aria-expanded'?: boolean | undefined
}>

type OpensProps = {
  element: ReactElement
  kind: 'dialog' | 'menu'
  open: boolean
  onOpen: () => void
  anchor?: Ref<HTMLButtonElement>
}

/** The trigger with what it needs to open: click, for a menu also the arrow down, and the words for screen readers. */
export function Opens({ element, kind, open, onOpen, anchor }: OpensProps) {
  // Callers pass a Button, an IconButton or a plain button, which all hand these props on.
  const trigger = element as TriggerElement
  return cloneElement(trigger, {
    ...(anchor ? { ref: anchor } : {}),
    'aria-haspopup': kind,
    'aria-expanded': open,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      trigger.props.onClick?.(event)
      if (!event.defaultPrevented) onOpen()
    },
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      trigger.props.onKeyDown?.(event)
      if (kind !== 'menu' || event.key !== 'ArrowDown') return
      event.preventDefault()
      onOpen()
    },
  })
}
