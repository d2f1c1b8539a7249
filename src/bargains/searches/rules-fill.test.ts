import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemOf } from '../testing'
import { afterPage, countFill, type FillState, fallenFields, PAGES_KEPT, type PageFill } from './rules-fill'

const NEW: FillState = { pages: [], fallen: [], fallenSince: null }
const DAY = 86_400_000

function page(photos: number, items = 40, at = 0): PageFill {
  return { at, items, filled: { photos } }
}
const pages = (count: number, photos: number, items = 40) => Array.from({ length: count }, () => page(photos, items))

describe('how full the fields of a page are', () => {
  it('is counted by field', () => {
    const bare = itemOf('2', {
      photos: [],
      description: null,
      place: null,
      seller: { kind: 'unknown', id: null, name: null },
    })
    const { filled, items } = countFill([itemOf('1'), bare], new Date(5))
    expect({ items, ...filled }).toMatchObject({
      items: 2,
      price: 2,
      photos: 1,
      description: 1,
      place: 1,
      sellerKind: 1,
    })
  })
})

describe('a field that falls by half', () => {
  it.each([
    ['all of it', 40, 0, true],
    ['to half', 40, 20, true],
    ['to a little more than half', 40, 21, false],
    ['from 36 of 40 to 18', 36, 18, true],
    ['of a third, which may be chance', 13, 6, false],
    ['of a third, to nothing', 20, 0, true],
    ['of what was rare, to nothing', 3, 0, false],
  ])('%s', (_, before, now, fallen) => {
    expect(fallenFields(pages(20, before), page(now))).toEqual(fallen ? ['photos'] : [])
  })

  it('of a page with few adverts says nothing', () => {
    expect(fallenFields(pages(20, 20), page(0, 3))).toEqual([])
  })

  it('is not asked before five good pages', () => {
    expect(fallenFields(pages(4, 40), page(0))).toEqual([])
    expect(fallenFields(pages(5, 40), page(0))).toEqual(['photos'])
  })
})

describe('what is kept of a search’s pages', () => {
  it('is the last 20 good ones; a fallen page is none, and the next whole one ends the episode', () => {
    let state = NEW
    for (let n = 0; n < 25; n++) state = afterPage(state, page(40, 40, n))
    expect(state.pages.map(({ at }) => at)).toEqual(Array.from({ length: PAGES_KEPT }, (_, n) => n + 5))
    const fallen = afterPage(afterPage(state, page(0, 40, 100)), page(0, 40, 200))
    expect(fallen).toEqual({ pages: state.pages, fallen: ['photos'], fallenSince: new Date(100) })
    expect(afterPage(fallen, page(39, 40, 300))).toMatchObject({ fallen: [], fallenSince: null })
  })

  it('after a week what the site says is the usual', () => {
    let state: FillState = { ...NEW, pages: pages(20, 40) }
    for (let n = 0; n <= 8; n++) state = afterPage(state, page(0, 40, n * DAY))
    expect(state).toMatchObject({ fallen: [], fallenSince: null })
    expect(state.pages).toEqual([page(0, 40, 8 * DAY)])
  })

  it('never grows, and pages like those before never fall', () => {
    const run = fc.array(fc.record({ items: fc.integer({ min: 40, max: 60 }), at: fc.nat(1000) }), { maxLength: 60 })
    fc.assert(
      fc.property(run, fc.constantFrom(0, 0.25, 0.5, 1), (seen, rate) => {
        let state = NEW
        for (const { items, at } of seen) state = afterPage(state, page(Math.ceil(items * rate), items, at))
        expect(state.pages.length).toBeLessThanOrEqual(PAGES_KEPT)
        expect(state.fallen).toEqual([])
      }),
    )
  })
})
