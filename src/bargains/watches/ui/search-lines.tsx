'use client'

import { ExternalLink } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { StatusDot } from '@/ui/status-dot'
import { useHealthSentence } from './health-sentence'
import { useSearchWords } from './use-search-words'
import { searchState, stateLooks } from './watch-status'
import type { SearchView } from './watch-view'

type Line = Omit<SearchView, 'pasted'>
type SearchLinesProps<Search extends Line> = {
  searches: readonly Search[]
  /** Where the source stands above them all, it need not stand with each. */
  withSource?: boolean
  /** More about one, under its health. */
  more?: (search: Search) => ReactNode
}

/** Searches, each with what it asks, how it stands and its address at the source. */
export function SearchLines<Search extends Line>({ searches, withSource = true, more }: SearchLinesProps<Search>) {
  const t = useTranslations('watches')
  const says = useSearchWords()
  const health = useHealthSentence()
  return (
    <ul className="flex flex-col divide-y divide-line">
      {searches.map((search) => {
        const state = searchState(search)
        return (
          <li key={search.id} className="flex items-start gap-2 py-2 first:pt-0 last:pb-0">
            <StatusDot quiet {...stateLooks[state]} label={t(`state.${state}`)} className="mt-0.5" />
            <div className="min-w-0 flex-1 text-table">
              <a
                href={search.url}
                target="_blank"
                rel="noopener noreferrer"
                className="font-medium underline-offset-3 hover:underline"
              >
                {withSource && `${search.sourceName} · `}
                {says(search.says)}
                <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px] text-ink-3" />
              </a>
              <p className="text-ink-2">{health.ofSearch(search)}</p>
              {more?.(search)}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
