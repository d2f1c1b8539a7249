'use client'

import { useTranslations } from 'next-intl'
import { useMomentWords } from './use-moment-words'
import { checkedAt, nextCheckAt, searchState, watchState, worstSearch } from './watch-status'
import type { SearchView, WatchView } from './watch-view'

/** "Read 2 minutes ago, 41 adverts, next in 8 minutes", or what is wrong and what to do. */
export function useHealthSentence() {
  const t = useTranslations('watches.health')
  const words = useMomentWords()

  function next(dueAt: Date | null): string {
    return dueAt && dueAt > words.now ? words.until(dueAt) : t('soon')
  }

  function ofSearch(search: Omit<SearchView, 'pasted'>): string {
    const state = searchState(search)
    const due = search.dueAt ? new Date(search.dueAt) : null
    const since = search.healthSince ? words.at(search.healthSince) : ''
    if (state === 'new') return t('new')
    if (state === 'runs') {
      const count = search.health === 'empty' ? 0 : (search.total ?? 0)
      const when = search.checkedAt ? words.ago(search.checkedAt) : ''
      return due === null ? t('parked', { when, count }) : t('runs', { when, count, next: next(due) })
    }
    return t(state, { source: search.sourceName, since, next: due && due > words.now ? words.at(due) : t('soon') })
  }

  function ofWatch(watch: WatchView): string {
    const state = watchState(watch)
    if (watch.pausedAt !== null) return t('paused', { since: words.at(watch.pausedAt) })
    const worst = worstSearch(watch.searches)
    if (!worst) return t('none')
    const read = checkedAt(watch.searches)
    if (state !== 'runs' || watch.searches.length === 1 || !read) return ofSearch(worst)
    const count = watch.searches.reduce((sum, search) => sum + (search.total ?? 0), 0)
    return t('runs', { when: words.ago(read), count, next: next(nextCheckAt(watch.searches)) })
  }

  return { ofSearch, ofWatch }
}
