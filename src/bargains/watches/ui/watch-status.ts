import type { StatusShape } from '@/ui/status-dot'
import type { Tone } from '@/ui/tones'
import { FAILURES_BEFORE_TELLING } from '../../searches/rules-health'
import type { Moment, SearchHealthView, WatchView } from './watch-view'

/** How a search stands, in the words that a reader needs. */
export type SearchState = 'runs' | 'new' | 'trying' | 'failing' | 'gone' | 'changed' | 'blocked' | 'forbidden'
export type WatchState = SearchState | 'paused'
/** Somebody should do something about it. */
export type TroubleState = 'failing' | 'gone' | 'changed' | 'blocked' | 'forbidden'

/** From well to worst: a watch stands as its worst search does. */
const ORDER: readonly SearchState[] = ['runs', 'new', 'trying', 'failing', 'gone', 'changed', 'blocked', 'forbidden']

export function searchState({ health, failures }: Pick<SearchHealthView, 'health' | 'failures'>): SearchState {
  switch (health) {
    case 'new':
    case 'blocked':
    case 'changed':
    case 'gone':
    case 'forbidden':
      return health
    case 'ok':
    case 'empty':
    case 'partial':
      return 'runs'
    case 'failed':
    case 'held':
      return failures >= FAILURES_BEFORE_TELLING ? 'failing' : 'trying'
  }
}

const TROUBLES: readonly WatchState[] = ['failing', 'gone', 'changed', 'blocked', 'forbidden']

/** The search that says most about a watch; undefined for a watch without any. */
export function worstSearch<Search extends SearchHealthView>(searches: readonly Search[]): Search | undefined {
  return searches.toSorted((a, b) => rank(b) - rank(a))[0]
}

function rank(search: SearchHealthView): number {
  return ORDER.indexOf(searchState(search))
}

export function watchState({ pausedAt, searches }: Pick<WatchView, 'pausedAt' | 'searches'>): WatchState {
  if (pausedAt !== null) return 'paused'
  const worst = worstSearch(searches)
  return worst ? searchState(worst) : 'new'
}

export function needsSomebody(state: WatchState): state is TroubleState {
  return TROUBLES.includes(state)
}

export const stateLooks: Record<WatchState, { tone: Tone; shape: StatusShape }> = {
  runs: { tone: 'good', shape: 'full' },
  new: { tone: 'info', shape: 'half' },
  trying: { tone: 'warn', shape: 'half' },
  failing: { tone: 'warn', shape: 'triangle' },
  gone: { tone: 'bad', shape: 'triangle' },
  changed: { tone: 'warn', shape: 'triangle' },
  blocked: { tone: 'warn', shape: 'triangle' },
  forbidden: { tone: 'warn', shape: 'triangle' },
  paused: { tone: 'neutral', shape: 'ring' },
}

/** When a watch was last looked at, and when it will be next: the latest and the soonest of its searches. */
export function checkedAt(searches: readonly SearchHealthView[]): Date | null {
  return extreme(
    searches.map((search) => search.checkedAt),
    Math.max,
  )
}

export function nextCheckAt(searches: readonly SearchHealthView[]): Date | null {
  return extreme(
    searches.map((search) => search.dueAt),
    Math.min,
  )
}

function extreme(moments: readonly (Moment | null)[], choose: (...times: number[]) => number): Date | null {
  const times = moments.flatMap((moment) => (moment === null ? [] : [new Date(moment).getTime()]))
  return times.length === 0 ? null : new Date(choose(...times))
}

/** The sources of a watch by name, each once. */
export function sourceNames(searches: readonly { readonly sourceName: string }[]): readonly string[] {
  return [...new Set(searches.map((search) => search.sourceName))]
}
