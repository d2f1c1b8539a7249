'use client'

import { type RefObject, useState } from 'react'
import { useShortcut } from './use-shortcut'

type TableKeys = {
  root: RefObject<HTMLElement | null>
  ids: readonly string[]
  enabled: boolean
  /** Brings a row that is not drawn yet into the page. */
  reveal: (index: number) => void
  onToggle?: ((id: string) => void) | undefined
}

/**
 * J and K move the focus along the rows, X selects, Enter opens. One row at a time is in the tab order. With two tables on a
 * page the keys belong to the one that has `keys`.
 */
export function useTableKeys({ root, ids, enabled, reveal, onToggle }: TableKeys) {
  const [activeId, setActiveId] = useState<string | null>(null)
  const at = activeId === null ? -1 : ids.indexOf(activeId)
  function move(step: 1 | -1) {
    const next = Math.min(Math.max(at + step, 0), ids.length - 1)
    const id = ids[next]
    if (id === undefined) return
    setActiveId(id)
    reveal(next)
    requestAnimationFrame(() => rowOf(root, id)?.focus())
  }
  function onRow(run: (id: string) => void) {
    return () => activeId !== null && at >= 0 && run(activeId)
  }
  useShortcut('j', () => move(1), { enabled })
  useShortcut('k', () => move(-1), { enabled })
  useShortcut(
    'x',
    onRow((id) => onToggle?.(id)),
    { enabled: enabled && Boolean(onToggle) },
  )
  return { activeId: at >= 0 ? activeId : (ids[0] ?? null), focusedId: at >= 0 ? activeId : null, setActiveId, move }
}

export function rowOf(root: RefObject<HTMLElement | null>, id: string): HTMLElement | null {
  return root.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`) ?? null
}
