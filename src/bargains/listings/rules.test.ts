import { describe, expect, it } from 'vitest'
import { itemOf } from '../testing'
import { afterOffer, decidePaging, judgeItem, type StoredListing } from './rules'

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
  const open = { goneAt: null, gonePendingAt: null }

  it('takes two answers at least 30 minutes apart', () => {
    const first = afterOffer(open, 'gone', false, at(0))
    expect(first).toEqual({ goneAt: null, gonePendingAt: at(0) })
    expect(afterOffer(first, 'gone', false, at(29)).goneAt).toBeNull()
    expect(afterOffer(first, 'gone', false, at(30)).goneAt).toEqual(at(30))
  })

  it('is at once when the page itself says so', () => {
    expect(afterOffer(open, 'gone', true, at(0)).goneAt).toEqual(at(0))
  })

  it('is not said by a page that is blocked or changed, and an open page begins anew', () => {
    const first = afterOffer(open, 'gone', false, at(0))
    expect(afterOffer(first, 'unclear', false, at(60))).toEqual(first)
    expect(afterOffer(first, 'open', false, at(10))).toEqual(open)
  })
})
