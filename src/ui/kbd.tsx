'use client'

import { useSyncExternalStore } from 'react'
import { cx } from './class-names'

type KbdProps = {
  /** Keys as people say them, parted by spaces: "G W". "Mod" is ⌘ on Apple's keyboards and Ctrl elsewhere. */
  keys: string
  inverse?: boolean
}

export function Kbd({ keys, inverse = false }: KbdProps) {
  const mod = useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  )
  return (
    <span className="inline-flex gap-0.5 pointer-coarse:hidden" data-print="hide">
      {keys.split(' ').map((key, place) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
          key={`${key}${place}`}
          className={cx(
            'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-[4px] border px-1 font-medium font-sans text-[11px] leading-none',
            inverse ? 'border-paper/30 text-paper' : 'border-line-strong bg-card text-ink-2',
          )}
        >
          {key === 'Mod' ? mod : key}
        </kbd>
      ))}
    </span>
  )
}

/** A keyboard does not change while the page is open. */
function never(): () => void {
  return () => {}
}
