import { describe, expect, it } from 'vitest'
import { currentEntry, mainCreation, phonePlaces } from '@/ui/shell-choices'
import { creations, entriesFor, firstPage, navigation } from './navigation'

const BOTH = { bargains: true, giving: true }

it.each([
  [true, true, '/today'],
  [true, false, '/watches'],
  [false, true, '/today'],
  [false, false, null],
])('with bargains %s and giving %s home is %s: never a page of a half that is off', (bargains, giving, expected) => {
  expect(firstPage({ bargains, giving })).toBe(expected)
})

describe('a phone', () => {
  const placesWith = (bargains: boolean, giving: boolean) => {
    const shown = entriesFor(navigation, { bargains, giving }).filter(({ administrator }) => !administrator)
    return phonePlaces(shown.map(({ id, phone = null }) => ({ id, phone })))
  }
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

  it('has today, contacts and gifts at hand, and a way to the bargains', () => {
    expect(ids(placesWith(true, true).shown)).toEqual(['today', 'contacts', 'gifts', 'watches'])
    expect(ids(placesWith(false, true).shown)).toEqual(['today', 'contacts', 'gifts', 'care'])
    expect(placesWith(true, false)).toMatchObject({ rest: [], shown: [{ id: 'watches' }, {}, {}, {}, {}] })
  })

  it('loses no page: what has no place stands under More, in its order', () => {
    const { shown, rest } = placesWith(true, true)
    expect(ids(rest)).toEqual(['matches', 'sources', 'pledges', 'care', 'tasks', 'signals', 'settings'])
    expect(shown.length + rest.length).toBe(navigation.length - 1)
  })
})

describe('New', () => {
  const entries = entriesFor(navigation, BOTH).map(({ id, href, also = [] }) => ({ id, href, also }))
  const madeOn = (path: string, halves = BOTH) =>
    mainCreation(entriesFor(creations, halves), currentEntry(entries, path))?.id

  it.each([
    ['/today', 'gift'],
    ['/contacts/1', 'contact'],
    ['/imports/new', 'contact'],
    ['/gifts', 'gift'],
    ['/pledges/1', 'pledge'],
    ['/care', 'gift'],
    ['/watches/1/edit', 'watch'],
    ['/signals', 'watch'],
  ])('on %s makes a %s', (path, made) => {
    expect(madeOn(path)).toBe(made)
  })

  it('makes nothing of a half that is off', () => {
    expect(madeOn('/signals', { bargains: false, giving: true })).toBe('contact')
  })
})
