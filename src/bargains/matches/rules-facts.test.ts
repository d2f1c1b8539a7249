import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cheapestFirst } from './rules-facts'

const of = (currency: string | null, amount: number | null) => ({
  currency,
  amount: amount === null ? null : BigInt(amount),
})
const some = fc.record({
  currency: fc.constantFrom('PLN', 'EUR', 'CZK'),
  amount: fc.option(fc.nat(1_000_000).map(BigInt)),
})

describe('the cheapest first', () => {
  it('of two currencies, those that most adverts have: 300 zł, 500 zł, and then 100 €', () => {
    const mixed = [of('PLN', 50_000), of('EUR', 10_000), of('PLN', 30_000), of(null, null)]
    expect(cheapestFirst(mixed)).toEqual([of('PLN', 30_000), of('PLN', 50_000), of('EUR', 10_000), of(null, null)])
  })

  it('of as many in each, the currency whose code comes first', () => {
    expect(cheapestFirst([of('PLN', 1), of('EUR', 2)])).toEqual([of('EUR', 2), of('PLN', 1)])
  })

  it('is one order whatever the adverts came in, each currency in one piece and rising', () => {
    fc.assert(
      fc.property(fc.array(some), (adverts) => {
        const sorted = cheapestFirst(adverts)
        const shown = (all: typeof adverts) =>
          cheapestFirst(all).map(({ amount, currency }) => amount && [amount, currency])
        expect(shown(adverts.toReversed())).toEqual(shown(adverts))
        const priced = sorted.filter(({ amount }) => amount !== null)
        expect(sorted.slice(0, priced.length)).toEqual(priced)
        const changes = priced.filter(({ currency }, n) => currency !== priced[n - 1]?.currency)
        expect(changes).toHaveLength(new Set(priced.map(({ currency }) => currency)).size)
        for (const [n, { currency, amount }] of priced.entries()) {
          const before = priced[n - 1]
          if (before?.currency === currency) expect((before?.amount ?? 0n) <= (amount ?? 0n)).toBe(true)
        }
      }),
    )
  })
})
