'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { type Density, ROW_HEIGHTS } from './data-table-model'

type VirtualRowsProps = {
  root: RefObject<HTMLElement | null>
  count: number
  density: Density
  draw: (index: number, measure: (element: Element | null) => void) => ReactNode
  /** Is given what brings a row that is not drawn into sight. */
  reveal: RefObject<((index: number) => void) | null>
  /** Told once, when these rows have taken the place of the first ones. */
  onDrawn: () => void
}

/** Of many rows only those in sight of the window, between two spaces as high as the others. */
export function VirtualRows({ root, count, density, draw, reveal, onDrawn }: VirtualRowsProps) {
  const [scrollMargin, setScrollMargin] = useState(0)
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_HEIGHTS[density],
    overscan: 12,
    scrollMargin,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 64,
    initialRect: { width: 0, height: 1000 },
  })
  useLayoutEffect(() => {
    if (root.current) setScrollMargin(root.current.getBoundingClientRect().top + window.scrollY)
  }, [root])
  useLayoutEffect(() => {
    reveal.current = (index) => virtualizer.scrollToIndex(index)
    return () => {
      reveal.current = null
    }
  }, [reveal, virtualizer])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, however often the caller draws
  useEffect(onDrawn, [])
  const items = virtualizer.getVirtualItems()
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin)
  return (
    <>
      <Space height={before} />
      {items.map((item) => draw(item.index, virtualizer.measureElement))}
      <Space height={after} />
    </>
  )
}

function Space({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} className="max-sm:block" /> : null
}
