import { expect, test } from 'vitest'
import type { ListedSource } from '../schema'
import { sourceState } from './source-state'

type Search = ListedSource['searches'][number]

function source(health: readonly Search['health'][], closedUntil: string | null = null, paused = false): ListedSource {
  const says = { category: [], place: null, distance: null, query: null, priceFrom: null, priceTo: null }
  const rest = { source: 'olx', sourceName: 'OLX.pl', url: 'https://www.olx.pl/', healthReason: null, failures: 1 }
  const moments = { healthSince: null, checkedAt: null, dueAt: null, total: null }
  const host = { host: 'www.olx.pl', perMinute: 20, lastMinute: 0, failures: 0, lastRequestAt: null, closedUntil }
  const more = { nextAt: null, blockedSince: null, hours: [], robots: null, override: null, resting: [] }
  return {
    ...{ id: 'olx', name: 'OLX.pl', example: 'https://www.olx.pl/', hosts: [{ ...host, ...more }] },
    searches: health.map((one, place) => ({
      ...{ id: String(place), ...rest, ...moments, health: one },
      says: { ...says, currency: 'PLN', others: 0 },
      watches: [{ id: 'w', name: 'Rower', paused }],
    })),
  }
}

test('a source answers while all its running searches are well', () => {
  expect(sourceState(source(['ok', 'empty']))).toBe('answers')
  expect(sourceState(source(['ok', 'blocked']))).toBe('partly')
  expect(sourceState(source(['blocked', 'changed']))).toBe('trouble')
  expect(sourceState(source(['blocked', 'forbidden']))).toBe('trouble')
  expect(sourceState(source(['forbidden', 'forbidden']))).toBe('forbidden')
})

test('a source that nobody reads is unused, and one whose host is closed waits', () => {
  expect(sourceState(source([]))).toBe('unused')
  expect(sourceState(source(['new']))).toBe('unused')
  expect(sourceState(source(['blocked'], null, true))).toBe('unused')
  expect(sourceState(source(['ok'], '2026-11-22T12:00:00.000Z'))).toBe('closed')
})
