'use client'

import { useSearchParams } from 'next/navigation'
import { startTransition, useCallback, useMemo, useOptimistic } from 'react'
import { changeAddress, type Params, readAddress, type Values } from './address'

/**
 * Filters, sort, tab and the open record, kept in the address: `const [{ q }, change] = useAddress(params)`, where `params`
 * stands outside of the component. A change takes the place of the present entry of the history and asks no server.
 */
export function useAddress<P extends Params>(params: P) {
  const search = useSearchParams().toString()
  // What is typed must be in its box at once; the address follows.
  const [shown, show] = useOptimistic(search)
  const values = useMemo(() => readAddress(params, new URLSearchParams(shown)), [params, shown])
  const change = useCallback(
    (chosen: Partial<Values<P>> | null) => {
      // Not what was drawn last: several changes may come before the next drawing.
      const next = changeAddress(params, wantedHere()?.search ?? window.location.search, chosen)
      startTransition(() => {
        show(next)
        return writeAddress(next)
      })
    },
    [params, show],
  )
  return [values, change] as const
}

/** Safari refuses more than 100 changes in 30 seconds, which quick typing makes. */
const PAUSE_MS = 320

type Wanted = { readonly page: string; search: string; written: Promise<void> }

let wanted: Wanted | null = null
let writtenAt = Number.NEGATIVE_INFINITY

/** What this page's address is about to be; null: it is so already. */
function wantedHere(): Wanted | null {
  return wanted?.page === window.location.pathname ? wanted : null
}

/** Writes at once or, soon after the last time, when the pause is over; then only the last of several. */
function writeAddress(search: string): Promise<void> {
  const waiting = wantedHere()
  if (waiting) {
    waiting.search = search
    return waiting.written
  }
  const mine = { page: window.location.pathname, search, written: Promise.resolve() }
  wanted = mine
  mine.written = writeAfterPause(mine)
  return mine.written
}

async function writeAfterPause(mine: Wanted): Promise<void> {
  const wait = writtenAt + PAUSE_MS - performance.now()
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  // Whoever went to another page meanwhile left these filters behind.
  const isHere = wantedHere() === mine
  if (wanted === mine) wanted = null
  if (!isHere) return
  writtenAt = performance.now()
  const { pathname, hash } = window.location
  window.history.replaceState(null, '', `${pathname}${mine.search && `?${mine.search}`}${hash}`)
}
