'use client'

import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useState } from 'react'
import { type Density, ROW_HEIGHTS } from './data-table-model'

/** Fewer than these the browser draws all at once: find-in-page works, and nothing is measured. */
const DRAWN_AT_ONCE = 80

const VirtualRows = lazy(() => import('./virtual-rows').then((module) => ({ default: module.VirtualRows })))

export type DrawRow = (index: number, measure?: (element: Element | null) => void) => ReactNode

type BodyProps = {
  root: RefObject<HTMLElement | null>
  count: number
  density: Density
  draw: DrawRow
  reveal: RefObject<((index: number) => void) | null>
  onRedrawn: () => void
}

/** The rows; of many only those in sight, once the code for that is here. */
export function DataTableBody({ root, count, density, draw, reveal, onRedrawn }: BodyProps) {
  const isHere = useIsHere()
  const first = Array.from({ length: Math.min(count, DRAWN_AT_ONCE) }, (_, index) => draw(index))
  const rest = (count - first.length) * ROW_HEIGHTS[density]
  const start = rest > 0 ? [...first, <tr key="rest" aria-hidden style={{ height: rest }} />] : first
  const isLong = isHere && count > DRAWN_AT_ONCE
  return (
    // biome-ignore lint/a11y/noRedundantRoles: `display` on a phone takes the native role away, this one stays
    <tbody role="rowgroup" className="max-sm:block">
      {isLong ? (
        <Suspense fallback={start}>
          <VirtualRows root={root} count={count} density={density} draw={draw} reveal={reveal} onDrawn={onRedrawn} />
        </Suspense>
      ) : (
        start
      )}
    </tbody>
  )
}

/** False on the server and in the first drawing in the browser, which must equal it. */
function useIsHere(): boolean {
  const [isHere, setIsHere] = useState(false)
  useEffect(() => setIsHere(true), [])
  return isHere
}
