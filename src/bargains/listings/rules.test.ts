import { describe, expect, it } from 'vitest'
import { itemOf } from '../testing'
import { afterOffer, decidePaging, judgeItem, keepWhole, type StoredListing } from './rules'

const STORED: StoredListing = {
  title: 'Rower miejski',
  description: 'Stan dobry',
  priceKind: 'fixed',
  amount: 65000n,
  currency: 'PLN',
  city: 'Kraków',
  district: null,
  region: null,
  sellerName: null,
  goneAt: null,
}
const SAME = itemOf('1', {
  title: 'Rower miejski',
  description: 'Stan dobry',
  price: { kind: 'fixed', amount: 65000n, currency: 'PLN', negotiable: false },
  place: { city: 'Kraków', district: null, region: null },
})
const NOTHING = { isNew: false, observed: false, priceChanged: false, contentChanged: false, reappeared: false }

describe('an advert on a page', () => {
  it('that was never seen is new', () => {
    expect(judgeItem(undefined, SAME)).toMatchObject({ isNew: true, observed: true })
  })

  it('that is as it was is nothing, whenever it was bumped and whether it is promoted now', () => {
    expect(judgeItem(STORED, { ...SAME, refreshedAt: '2026-11-22T10:00:00Z', promoted: true })).toEqual(NOTHING)
  })

  it('with another price is an observation', () => {
    const price = { kind: 'fixed', amount: 60000n, currency: 'PLN', negotiable: false } as const
    expect(judgeItem(STORED, { ...SAME, price })).toMatchObject({ observed: true, priceChanged: true })
    const free = { kind: 'free', amount: null, currency: null, negotiable: false } as const
    expect(judgeItem(STORED, { ...SAME, price: free })).toMatchObject({ observed: true, priceChanged: true })
  })

  it('whose price could not be read keeps the last known one', () => {
    const price = { kind: 'unknown', amount: null, currency: null, negotiable: false } as const
    expect(judgeItem(STORED, { ...SAME, price })).toEqual(NOTHING)
  })

  it('that a page shows with less than is known has not changed', () => {
    expect(judgeItem(STORED, { ...SAME, description: null, place: null })).toEqual(NOTHING)
  })

  it('with other words is looked at again by the filters, without an observation', () => {
    expect(judgeItem(STORED, { ...SAME, title: 'Rower miejski, nowa cena' })).toEqual({
      ...NOTHING,
      contentChanged: true,
    })
  })

  it('that was gone has reappeared', () => {
    expect(judgeItem({ ...STORED, goneAt: new Date() }, SAME)).toMatchObject({ reappeared: true, observed: true })
  })
})

describe('paging', () => {
  const page = (items: readonly [string, boolean | null][], next: string | null = 'https://x.example/?page=2') => ({
    items: items.map(([id, promoted]) => itemOf(id, { promoted })),
    next,
  })
  const known = new Set(['7'])

  it('ends at a page that holds an organic advert that is known', () => {
    expect(
      decidePaging(
        page([
          ['9', false],
          ['7', false],
        ]),
        known,
        1,
      ),
    ).toBe('reached') // prettier-ignore
    expect(
      decidePaging(
        page([
          ['9', null],
          ['7', null],
        ]),
        known,
        1,
      ),
    ).toBe('reached') // prettier-ignore
  })

  it('goes on when only a promoted advert is known', () => {
    expect(
      decidePaging(
        page([
          ['7', true],
          ['9', false],
        ]),
        known,
        1,
      ),
    ).toBe('more') // prettier-ignore
  })

  it('ends at the last page and after five', () => {
    expect(decidePaging(page([['9', false]], null), known, 1)).toBe('reached')
    expect(decidePaging(page([['9', false]]), known, 5)).toBe('limit')
  })
})

describe('gone', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute))
  const open = { goneAt: null, gonePendingAt: null, heldAt: null }
  const maybe = { state: 'gone', certain: false } as const

  it('takes two answers at least 30 minutes apart', () => {
    const first = afterOffer(open, maybe, at(0))
    expect(first).toEqual({ ...open, gonePendingAt: at(0) })
    expect(afterOffer(first, maybe, at(29)).goneAt).toBeNull()
    expect(afterOffer(first, maybe, at(30)).goneAt).toEqual(at(30))
  })

  it('is at once when the page itself says so', () => {
    expect(afterOffer(open, { state: 'gone', certain: true }, at(0)).goneAt).toEqual(at(0))
  })

  it('is not said by a page that is blocked or changed, and an open page begins anew', () => {
    const first = afterOffer(open, maybe, at(0))
    expect(afterOffer(first, { state: 'unclear' }, at(60))).toEqual(first)
    expect(afterOffer(first, { state: 'open' }, at(10))).toEqual(open)
  })

  it('a hidden advert is neither open nor closed, since when it was first found so', () => {
    const hidden = afterOffer(afterOffer(open, maybe, at(0)), { state: 'held' }, at(10))
    expect(hidden).toEqual({ ...open, heldAt: at(10) })
    expect(afterOffer(hidden, { state: 'held' }, at(50))).toEqual(hidden)
    expect(afterOffer(hidden, maybe, at(50))).toEqual({ ...hidden, gonePendingAt: at(50) })
    expect(afterOffer(hidden, { state: 'gone', certain: true }, at(50)).heldAt).toBeNull()
    expect(afterOffer(hidden, { state: 'open' }, at(50))).toEqual(open)
  })
})

describe('an advert whose own page was read', () => {
  const attribute = (key: string, value: string) => ({ key, label: key, value })
  const whole = {
    description: 'Rower po przeglądzie.\n\nNowe opony.',
    photos: ['a', 'b', 'c'],
    attributes: [attribute('frame', '19'), attribute('state', 'used')],
  }

  it('is not changed by a result page that cuts it short', () => {
    const shown = { description: 'Rower po przeglądzie. Nowe…', photos: ['thumb'], attributes: [] }
    expect(keepWhole(whole, shown)).toEqual(whole)
    expect(keepWhole(whole, { description: null, photos: [], attributes: [] })).toEqual(whole)
  })

  it('is changed by other words, more photos, another value', () => {
    const shown = { description: 'Sprzedany', photos: ['1', '2', '3', '4'], attributes: [attribute('state', 'new')] }
    expect(keepWhole(whole, shown)).toEqual({
      description: 'Sprzedany',
      photos: ['1', '2', '3', '4'],
      attributes: [attribute('frame', '19'), attribute('state', 'new')],
    })
  })
})
