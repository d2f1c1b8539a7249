import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAmounts } from './rules-comparables'

const amounts = (...list: readonly number[]) => list.map(BigInt)
const TWELVE = amounts(100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210)
const prices = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 60 })

describe('what comparable adverts ask', () => {
  it('is the middle half and the median of twelve at least', () => {
    expect(compareAmounts(TWELVE)).toEqual({ low: 120n, median: 150n, high: 180n, count: 12 })
    expect(compareAmounts(TWELVE.slice(1))).toBeNull()
    expect(compareAmounts([])).toBeNull()
  })

  it('leaves out what lies beyond three median absolute deviations, and does not count it', () => {
    expect(compareAmounts([...TWELVE, 1n, 90_000n])).toEqual(compareAmounts(TWELVE))
    expect(compareAmounts([...TWELVE.slice(1), 90_000n])).toBeNull()
  })

  it('keeps all where most ask the very same', () => {
    const same = [...amounts(...Array<number>(12).fill(500)), 100n, 900n]
    expect(compareAmounts(same)).toEqual({ low: 500n, median: 500n, high: 500n, count: 14 })
  })

  it('is in order, was really asked, and does not depend on the order of the adverts', () => {
    fc.assert(
      fc.property(prices, (list) => {
        const band = compareAmounts(list)
        expect(compareAmounts(list.toReversed())).toEqual(band)
        if (!band) return
        expect(band.low <= band.median && band.median <= band.high).toBe(true)
        expect([band.low, band.median, band.high].every((amount) => list.includes(amount))).toBe(true)
        expect(band.count).toBeLessThanOrEqual(list.length)
      }),
    )
  })
})
