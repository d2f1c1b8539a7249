import { expect, test } from 'vitest'
import { type MatchRow, placeOf, tagsOf } from './match-view'

const listing: MatchRow['listing'] = {
  ...{ id: 'l', source: 'olx', sourceName: 'OLX.pl', title: 'Rower', url: 'https://market.example/1', photos: [] },
  price: { kind: 'fixed', amount: '65000', currency: 'PLN' },
  ...{ negotiable: false, previousAmount: null, lowestAmount: '65000', wasGoneAt: null, coordinates: null },
  ...{ city: 'Kraków', district: 'Podgórze', region: null, sellerKind: 'private', sellerName: null },
  ...{ postedAt: null, refreshedAt: null, firstSeenAt: '2026-11-20T10:00:00.000Z', goneAt: null },
  ...{ lastSeenAt: '2026-11-22T10:00:00.000Z', heldAt: null, ladder: null },
}

function match(change: Partial<MatchRow>, advert: Partial<MatchRow['listing']> = {}): MatchRow {
  const plain = { id: 'm', watchId: 'w', watchName: 'Rower', note: '', toldAt: null } as const
  const matchedAt = '2026-11-20T10:00:00.000Z'
  return { ...plain, matchedAt, state: 'new', baseline: false, ...change, listing: { ...listing, ...advert } }
}

test('what was there when the watch began is not called new', () => {
  expect(tagsOf(match({}))).toEqual(['new'])
  expect(tagsOf(match({ baseline: true }))).toEqual([])
})

test('a price below the last other one is cheaper, and the lowest yet when it was never lower', () => {
  expect(tagsOf(match({ state: 'seen' }, { previousAmount: '75000' }))).toEqual(['lowest'])
  expect(tagsOf(match({ state: 'seen' }, { previousAmount: '75000', lowestAmount: '60000' }))).toEqual(['cheaper'])
  expect(tagsOf(match({ state: 'seen' }, { previousAmount: '60000', lowestAmount: '60000' }))).toEqual([])
})

test('an advert that was gone is there again, and one that is gone is nothing else', () => {
  const wasGoneAt = '2026-11-21T10:00:00.000Z'
  expect(tagsOf(match({ state: 'seen' }, { wasGoneAt }))).toEqual(['again'])
  expect(tagsOf(match({ state: 'seen' }, { wasGoneAt, goneAt: wasGoneAt }))).toEqual(['gone'])
})

test('a place without a town is its region', () => {
  expect(placeOf(match({}))).toBe('Kraków, Podgórze')
  expect(placeOf(match({}, { city: null, district: null, region: 'Małopolskie' }))).toBe('Małopolskie')
})

test('a thing that was listed before says so', () => {
  const ladder = { times: 2, before: '70000', currency: 'PLN', days: 12 }
  expect(tagsOf(match({ state: 'seen' }, { ladder }))).toEqual(['repost'])
})
