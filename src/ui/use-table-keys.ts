'use client'

import { type KeyboardEvent, type RefObject, useState } from 'react'
import { pressOpener } from './data-table-opener'
import { isAfterPrefix, useShortcut } from './use-shortcut'

type TableKeys<Row> = {
  root: RefObject<HTMLElement | null>
  rows: readonly { id: string; row: Row }[]
  enabled: boolean
  /** Brings a row that is not drawn yet into the page. */
  reveal: (index: number) => void
  onToggle?: ((id: string) => void) | undefined
  /** One-letter keys for the row in focus. */
  rowKeys?: Readonly<Record<string, (row: Row) => void>> | undefined
}

/**
 * J and K move the focus along the rows, X selects, Enter opens, and the caller's letters act on the row in focus. One row
 * at a time is in the tab order.
 */
export function useTableKeys<Row>({ root, rows, enabled, reveal, onToggle, rowKeys }: TableKeys<Row>) {
  const [activeId, setActiveId] = useState<string | null>(null)
  const at = rows.findIndex(({ id }) => id === activeId)
  function move(step: 1 | -1) {
    const next = Math.min(Math.max(at + step, 0), rows.length - 1)
    const id = rows[next]?.id
    if (id === undefined) return
    setActiveId(id)
    reveal(next)
    focusRow(root, id)
  }
  useShortcut('j', () => move(1), { enabled })
  useShortcut('k', () => move(-1), { enabled })
  useShortcut('x', () => at >= 0 && activeId !== null && onToggle?.(activeId), {
    enabled: enabled && Boolean(onToggle),
  })

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const element = event.target instanceof HTMLElement ? event.target : null
    const row = rows.find(({ id }) => id === element?.dataset.rowId)?.row
    if (!element || !row || event.metaKey || event.ctrlKey || event.altKey || isAfterPrefix()) return
    const run = deedOf(event.key, { move, open: () => pressOpener(element), own: rowKeys && bind(rowKeys, row) })
    if (!run) return
    event.preventDefault()
    run()
  }
  /** For when the rows are drawn anew and the focus fell off the one that had it. */
  function refocus() {
    if (activeId !== null && document.activeElement === document.body) focusRow(root, activeId)
  }
  return { activeId: at >= 0 ? activeId : (rows[0]?.id ?? null), setActiveId, onKeyDown, refocus }
}

type Deeds = {
  move: (step: 1 | -1) => void
  open: () => void
  own: ((key: string) => (() => void) | undefined) | undefined
}

function deedOf(key: string, { move, open, own }: Deeds): (() => void) | undefined {
  if (key === 'Enter') return open
  if (key === 'ArrowDown') return () => move(1)
  if (key === 'ArrowUp') return () => move(-1)
  return own?.(key.toLowerCase())
}

function bind<Row>(keys: Readonly<Record<string, (row: Row) => void>>, row: Row) {
  return (key: string) => {
    const run = Object.hasOwn(keys, key) ? keys[key] : undefined
    return run && (() => run(row))
  }
}

const FRAMES_TO_WAIT = 5

/** A row far away is drawn some frames after it was scrolled to. */
function focusRow(root: RefObject<HTMLElement | null>, id: string, frames = FRAMES_TO_WAIT): void {
  requestAnimationFrame(() => {
    const row = root.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)
    if (row) row.focus()
    else if (frames > 0) focusRow(root, id, frames - 1)
  })
}
