import type { ListedWatch } from '../schema'

/** A moment as a procedure answers it (ISO), or as the page made it. */
export type Moment = Date | string

export type WatchRow = ListedWatch
export type SearchView = ListedWatch['searches'][number]
/** What a search asks, as codes and raw words of the site. */
export type SearchWords = SearchView['says']
export type SearchHealthView = Pick<SearchView, 'health' | 'healthSince' | 'failures' | 'checkedAt' | 'dueAt' | 'total'>
/** As much of a watch as its health, its menu and its name need. */
export type WatchView = Pick<ListedWatch, 'id' | 'name' | 'interval' | 'notify' | 'pausedAt' | 'searches'>
