import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAmounts, dealScore } from './rules-comparables'

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

describe('a deal score', () => {
  it('is the share of comparable adverts that ask more, those that ask the same counted half', () => {
    expect(dealScore(TWELVE, 90n)).toBe(100)
    expect(dealScore(TWELVE, 300n)).toBe(0)
    expect(dealScore(TWELVE, 130n)).toBe(71)
    expect(dealScore(TWELVE.slice(1), 130n)).toBeNull()
  })

  it('is between 0 and 100, and no dearer advert has a better one', () => {
    fc.assert(
      fc.property(
        prices,
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        (list, own, more) => {
          const [cheap, dear] = [dealScore(list, own), dealScore(list, own + more)]
          expect(cheap === null).toBe(compareAmounts(list) === null)
          if (cheap === null || dear === null) return
          expect(cheap >= dear && cheap <= 100 && dear >= 0).toBe(true)
        },
      ),
    )
  })
})
