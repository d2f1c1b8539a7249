import { expect, test } from 'vitest'
import {
  checkedAt,
  needsSomebody,
  nextCheckAt,
  searchState,
  sourceNames,
  watchState,
  worstSearch,
} from './watch-status'
import type { SearchView } from './watch-view'

function search(change: Partial<SearchView> = {}): SearchView {
  const says = { category: [], place: null, distance: null, query: null, priceFrom: null, priceTo: null }
  return {
    ...{ id: 's', source: 'olx', sourceName: 'OLX.pl', url: 'https://www.olx.pl/', pasted: 'https://www.olx.pl/' },
    says: { ...says, currency: 'PLN', others: 0 },
    ...{ health: 'ok', healthReason: null, healthSince: null, failures: 0, total: 3 },
    ...{ checkedAt: '2026-11-22T10:00:00.000Z', dueAt: '2026-11-22T10:10:00.000Z' },
    ...change,
  }
}

test('a site that fails once or twice is tried again; from the third time on it needs somebody', () => {
  expect(searchState({ health: 'failed', failures: 2 })).toBe('trying')
  expect(searchState({ health: 'failed', failures: 3 })).toBe('failing')
  expect(needsSomebody('trying')).toBe(false)
  expect(needsSomebody('failing')).toBe(true)
})

test('an empty page and one with unreadable adverts are well', () => {
  expect(searchState({ health: 'empty', failures: 0 })).toBe('runs')
  expect(searchState({ health: 'partial', failures: 0 })).toBe('runs')
})

test('a watch stands as its worst search does, and a paused one is paused whatever they say', () => {
  const searches = [search(), search({ id: 'b', health: 'blocked' }), search({ id: 'g', health: 'gone' })]
  expect(worstSearch(searches)?.id).toBe('b')
  expect(watchState({ pausedAt: null, searches })).toBe('blocked')
  expect(watchState({ pausedAt: '2026-11-22T10:00:00.000Z', searches })).toBe('paused')
  expect(watchState({ pausedAt: null, searches: [] })).toBe('new')
})

test('a watch was checked when its last search was, and is next when its first one will be', () => {
  const searches = [
    search({ checkedAt: '2026-11-22T10:00:00.000Z', dueAt: '2026-11-22T10:30:00.000Z' }),
    search({ checkedAt: '2026-11-22T10:05:00.000Z', dueAt: '2026-11-22T10:15:00.000Z' }),
    search({ checkedAt: null, dueAt: null }),
  ]
  expect(checkedAt(searches)).toEqual(new Date('2026-11-22T10:05:00.000Z'))
  expect(nextCheckAt(searches)).toEqual(new Date('2026-11-22T10:15:00.000Z'))
  expect(checkedAt([search({ checkedAt: null })])).toBeNull()
})

test('each source of a watch is named once', () => {
  expect(sourceNames([search(), search(), search({ sourceName: 'Otomoto.pl' })])).toEqual(['OLX.pl', 'Otomoto.pl'])
})
