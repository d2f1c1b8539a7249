'use client'

import { useState } from 'react'

/**
 * Whether something has ever been wanted. What opens over a page is fetched the first time somebody opens it and stays from
 * then on, so that it can play its closing; the page itself loads without it.
 */
export function useEver(wanted: boolean): boolean {
  const [ever, setEver] = useState(wanted)
  if (wanted && !ever) setEver(true)
  return ever
}

/** A state that the caller keeps, or that is kept here when the caller does not. */
export function useOpen(open: boolean | undefined, onOpenChange: ((open: boolean) => void) | undefined) {
  const [own, setOwn] = useState(false)
  function setOpen(next: boolean) {
    setOwn(next)
    onOpenChange?.(next)
  }
  return [open ?? own, setOpen] as const
}
