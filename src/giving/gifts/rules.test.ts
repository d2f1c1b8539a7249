import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entry, isCounted, refundable, refundedOf, wantsThanks } from './rules'

describe('a gift', () => {
  const gift = { amount: 10000n, refunded: 0n, voided: false, reversesId: null }

  it('counts until it is voided or given back in full; a refund is no gift', () => {
    expect(isCounted(gift)).toBe(true)
    expect(isCounted({ ...gift, refunded: 9999n })).toBe(true)
    expect(isCounted({ ...gift, refunded: 10000n })).toBe(false)
    expect(isCounted({ ...gift, voided: true })).toBe(false)
    expect(isCounted({ ...gift, reversesId: 'another' })).toBe(false)
  })

  it('can be given back once: of 100 zł with 30 refunded, 70', () => {
    expect(refundable({ ...gift, refunded: 3000n })).toBe(7000n)
    expect(refundable({ ...gift, voided: true })).toBe(0n)
  })

  it('was given back what its refunds say, those that were voided left out', () => {
    const entry = fc.record({
      id: fc.uuid(),
      amount: fc.bigInt(1n, 10000n),
      method: fc.constant('cash' as const),
      voided: fc.boolean(),
      reversesId: fc.constantFrom(null, 'mine', 'other'),
    })
    fc.assert(
      fc.property(fc.array(entry), (entries: Entry[]) => {
        const mine = entries.filter((one) => one.reversesId === 'mine' && !one.voided)
        expect(refundedOf('mine', entries)).toBe(mine.reduce((sum, one) => sum + one.amount, 0n))
      }),
    )
  })

  it('waits for thanks, but not where it was imported after 60 days or is a later payment of a pledge', () => {
    const fresh = { imported: true, ageDays: 60, laterPayment: false }
    expect(wantsThanks(fresh)).toBe(true)
    expect(wantsThanks({ ...fresh, ageDays: 61 })).toBe(false)
    expect(wantsThanks({ ...fresh, ageDays: 61, imported: false })).toBe(true)
    expect(wantsThanks({ ...fresh, laterPayment: true })).toBe(false)
  })
})
