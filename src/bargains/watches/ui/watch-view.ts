/** A moment as a procedure answers it: REST's are ISO texts. */
export type Moment = Date | string

/** What a search asks, as codes and raw words of the site. */
export type SearchWords = {
  readonly category: readonly string[]
  readonly place: string | null
  readonly distance: number | null
  readonly query: string | null
  readonly priceFrom: string | null
  readonly priceTo: string | null
  readonly currency: string
  readonly others: number
}

export type SearchHealthView = {
  readonly health: 'new' | 'ok' | 'empty' | 'blocked' | 'changed' | 'held' | 'partial' | 'gone' | 'failed'
  readonly healthSince: Moment | null
  readonly failures: number
  readonly checkedAt: Moment | null
  readonly dueAt: Moment | null
  readonly total: number | null
}

export type SearchView = SearchHealthView & {
  readonly id: string
  readonly source: string
  readonly sourceName: string
  readonly url: string
  readonly says: SearchWords
}

export type WatchView = {
  readonly id: string
  readonly name: string
  readonly interval: number
  readonly notify: boolean
  readonly pausedAt: Moment | null
  readonly lastMatchAt: Moment | null
  readonly searches: readonly SearchView[]
}

export type WatchRow = WatchView & {
  /** Matches and price drops of the last 24 hours. */
  readonly newCount: number
  readonly droppedCount: number
  /** Matches a day of the last seven, today last. */
  readonly week: readonly number[]
}
