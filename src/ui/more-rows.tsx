'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { cx } from './class-names'

type Pages = {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

/** Below a list that is read page by page: asks for the next one, while there is one. */
export function MoreRows({ query, label }: { query: Pages; label: string }) {
  if (!query.hasNextPage) return null
  return (
    <div className="flex justify-center py-4">
      <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}

/** What still shows the answer to the question before is pale until the new one is there. */
export function PaleWhile({ stale, children }: { stale: boolean; children: ReactNode }) {
  return (
    <div className={cx('transition-opacity', stale && 'opacity-60')} aria-busy={stale}>
      {children}
    </div>
  )
}
