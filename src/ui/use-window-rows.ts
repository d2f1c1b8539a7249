'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Density } from './data-table-row'

/** Below this many rows the browser draws all of them: find-in-page works, and nothing is measured. */
const VIRTUAL_FROM = 80
const HEIGHTS: Record<Density, number> = { normal: 40, dense: 36, photo: 64 }

type WindowRows = {
  from: number
  to: number
  /** Pixels of the rows that are not drawn. */
  before: number
  after: number
  measure: ((element: Element | null) => void) | undefined
  reveal: (index: number) => void
}

/** Which of `count` rows are in sight of the window, for a table that scrolls with the page. */
export function useWindowRows(root: RefObject<HTMLElement | null>, count: number, density: Density): WindowRows {
  const [scrollMargin, setScrollMargin] = useState(0)
  const virtual = count >= VIRTUAL_FROM
  useLayoutEffect(() => {
    if (virtual && root.current) setScrollMargin(root.current.getBoundingClientRect().top + window.scrollY)
  }, [virtual, root])
  const virtualizer = useWindowVirtualizer({
    count: virtual ? count : 0,
    estimateSize: () => HEIGHTS[density],
    overscan: 12,
    scrollMargin,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 64,
    initialRect: { width: 0, height: 1000 },
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  if (!virtual) return { from: 0, to: count, before: 0, after: 0, measure: undefined, reveal: () => {} }
  return {
    from: first?.index ?? 0,
    to: (last?.index ?? -1) + 1,
    before: (first?.start ?? scrollMargin) - scrollMargin,
    after: virtualizer.getTotalSize() - ((last?.end ?? scrollMargin) - scrollMargin),
    measure: virtualizer.measureElement,
    reveal: (index) => virtualizer.scrollToIndex(index),
  }
}
