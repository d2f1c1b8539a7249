import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extentOf, type History, historyOf, judgeDrop, type PricePoint, type Told } from './rules'

const day = (n: number) => new Date(Date.UTC(2026, 0, n + 1))
const zl = (n: number, amount: number, currency = 'PLN'): PricePoint => ({
  at: day(n),
  state: 'open',
  kind: 'fixed',
  amount: BigInt(amount * 100),
  currency,
})
const FIVE = { percent: 5, amount: null }

/** Judges the last of `points` against those before it. */
function dropAt(
  points: readonly PricePoint[],
  threshold: Parameters<typeof judgeDrop>[3] = FIVE,
  told: Told | null = null,
) {
  const history = historyOf(points)
  const last = history.at(-1)
  return last ? judgeDrop(history, last, last.at, threshold, told) : null
}

describe('a price drop', () => {
  it('from 750 to 650 zł is 13 % and the lowest yet', () => {
    expect(dropAt([zl(0, 750), zl(1, 650)])).toEqual({
      before: { amount: 75000n, currency: 'PLN' },
      now: { amount: 65000n, currency: 'PLN' },
      percent: 13,
      lowest: true,
    })
  })

  it('is told from the threshold on: 5 % of 1,000 zł is 50 zł', () => {
    expect(dropAt([zl(0, 1000), zl(1, 951)])).toBeNull()
    expect(dropAt([zl(0, 1000), zl(1, 950)])?.percent).toBe(5)
  })

  it('is told from an amount on only where the user set one', () => {
    expect(dropAt([zl(0, 1000), zl(1, 980)], { percent: 5, amount: 2000n })?.percent).toBe(2)
    expect(dropAt([zl(0, 1000), zl(1, 980)], { percent: 5, amount: 2001n })).toBeNull()
  })

  it('is measured against the last price in the same currency, never against another', () => {
    expect(dropAt([zl(0, 1000), zl(1, 200, 'EUR'), zl(2, 900)])?.before.amount).toBe(100000n)
    expect(dropAt([zl(0, 1000), zl(1, 200, 'EUR')])).toBeNull()
  })

  it('an unread price or "free" in between is no price', () => {
    const free: PricePoint = { at: day(1), state: 'open', kind: 'free', amount: null, currency: null }
    expect(dropAt([zl(0, 1000), free, zl(2, 900)])?.percent).toBe(10)
    expect(dropAt([zl(0, 1000), free])).toBeNull()
  })

  it('is no new lowest while it was cheaper once', () => {
    expect(dropAt([zl(0, 600), zl(1, 1000), zl(2, 700)])?.lowest).toBe(false)
    expect(dropAt([zl(0, 600), zl(1, 1000), zl(2, 600)])?.lowest).toBe(false)
  })

  it('of a returning watch is measured from before its pause', () => {
    const history = historyOf([zl(0, 1000), zl(5, 970), zl(6, 940)])
    expect(judgeDrop(history, zl(6, 940), day(3), FIVE, null)?.before.amount).toBe(100000n)
  })
})

describe('hysteresis of price drops', () => {
  const told = { amount: 80000n, before: 100000n, currency: 'PLN', at: day(1) }
  const start = [zl(0, 1000), zl(1, 800)]

  it('the same level is not told again after a rise to the level before the drop', () => {
    expect(dropAt([...start, zl(2, 1000), zl(3, 800)], FIVE, told)).toBeNull()
    expect(dropAt([...start, zl(2, 950), zl(3, 850)], FIVE, told)).toBeNull()
  })

  it('it is told again after the price rose above that', () => {
    expect(dropAt([...start, zl(2, 1001), zl(3, 800)], FIVE, told)?.percent).toBe(20)
  })

  it('a lower level is news', () => {
    expect(dropAt([...start, zl(2, 760)], FIVE, told)).toMatchObject({ percent: 5, lowest: true })
  })
})

const point = fc.record({
  at: fc.integer({ min: 0, max: 300 }).map(day),
  state: fc.constantFrom('open' as const, 'gone' as const),
  kind: fc.constantFrom('fixed' as const, 'free' as const, 'unknown' as const),
  amount: fc.integer({ min: 1, max: 5000 }).map(BigInt),
  currency: fc.constantFrom('PLN', 'EUR'),
})

describe('history tells the truth', () => {
  it('observing is idempotent and order-free, and first, last, lowest, highest agree with a naive model', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { selector: (p) => p.at.getTime(), maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (points, luck) => {
          const history = historyOf(points)
          const shuffled = [...points, ...points]
            .map((p) => ({ p, by: luck.next().value ?? 0 }))
            .sort((a, b) => a.by - b.by)
          expect(historyOf(shuffled.map(({ p }) => p))).toEqual(history)
          expect(extentOf(history, 'PLN')).toEqual(naiveExtent(points))
        },
      ),
      { numRuns: 10_000 },
    )
  }, 60_000)

  it('a drop is never told between two currencies, nor for a rise', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { selector: (p) => p.at.getTime(), minLength: 2 }),
        fc.nat(100),
        (points, percent) => {
          const drop = dropAt(points, { percent, amount: null })
          return drop === null || (drop.now.amount < drop.before.amount && drop.now.currency === drop.before.currency)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

function naiveExtent(points: History) {
  const prices = points
    .filter((p) => p.kind === 'fixed' && p.currency === 'PLN')
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((p) => p.amount ?? 0n)
  if (prices.length === 0) return null
  const sorted = [...prices].sort((a, b) => (a < b ? -1 : 1))
  const [first, last, lowest, highest] = [prices[0], prices.at(-1), sorted[0], sorted.at(-1)]
  const pln = (amount: bigint | undefined) => ({ amount, currency: 'PLN' })
  return { first: pln(first), last: pln(last), lowest: pln(lowest), highest: pln(highest) }
}
