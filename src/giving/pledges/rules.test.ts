import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueDate, FREQUENCIES, monthlyEquivalent, stateOn } from './rules'

const frequency = fc.constantFrom(...FREQUENCIES)

describe('the monthly equivalent', () => {
  it.each([
    ['weekly', 43333n],
    ['biweekly', 21667n],
    ['monthly', 10000n],
    ['bimonthly', 5000n],
    ['quarterly', 3333n],
    ['semiannual', 1667n],
    ['annual', 833n],
    ['irregular', 0n],
  ] as const)('of 100 zł %s is %s grosze', (each, amount) =>
    expect(monthlyEquivalent([{ amount: 10000n, frequency: each }])).toBe(amount),
  )

  it('of many is rounded once: three quarterly promises of 100 zł are 100 zł a month, not 99.99', () => {
    expect(monthlyEquivalent(Array(3).fill({ amount: 10000n, frequency: 'quarterly' }))).toBe(10000n)
  })

  it('rounds half to even: 5 and 15 groszy every two months are 2 and 8', () => {
    expect([5n, 15n].map((amount) => monthlyEquivalent([{ amount, frequency: 'bimonthly' }]))).toEqual([2n, 8n])
  })

  it('differs from twelve months of it by less than twelve halves, whatever was promised', () => {
    const promises = fc.array(fc.record({ amount: fc.bigInt(1n, 10n ** 12n), frequency }), { maxLength: 30 })
    const payments = { weekly: 52n, biweekly: 26n, monthly: 12n, bimonthly: 6n, quarterly: 4n, semiannual: 2n }
    const yearly: Record<string, bigint> = { ...payments, annual: 1n, irregular: 0n }
    fc.assert(
      fc.property(promises, (all) => {
        const exact = all.reduce((sum, one) => sum + one.amount * (yearly[one.frequency] ?? 0n), 0n)
        const error = monthlyEquivalent(all) * 12n - exact
        expect(error <= 6n && error >= -6n).toBe(true)
      }),
    )
  })
})

describe('due dates', () => {
  it('keep the anchor day: from 31 January monthly 28 February, 31 March, 30 April; in a leap year 29 February', () => {
    const dates = (first: string) => [1, 2, 3].map((n) => dueDate(first, 31, 'monthly', n))
    expect(dates('2026-01-31')).toEqual(['2026-02-28', '2026-03-31', '2026-04-30'])
    expect(dates('2028-01-31')).toEqual(['2028-02-29', '2028-03-31', '2028-04-30'])
  })

  it('of a year from 29 February are 28 February, and 29 again in the next leap year', () => {
    expect([1, 4].map((n) => dueDate('2028-02-29', 29, 'annual', n))).toEqual(['2029-02-28', '2032-02-29'])
  })

  it('rise, and irregular ones are none', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(day, frequency, fc.nat(500), (at, each, n) => {
        const first = at.toISOString().slice(0, 10)
        const [one, two] = [n, n + 1].map((k) => dueDate(first, Number(first.slice(8)), each, k))
        if (each === 'irregular') expect(one).toBeNull()
        else expect(String(one) < String(two)).toBe(true)
      }),
    )
  })
})

describe('how a pledge stands', () => {
  const pledge = { startOn: '2026-01-31', endOn: null, cancelledOn: null, completedOn: null, pauses: [] }

  it('is upcoming, active, paused, completed after its end date, cancelled', () => {
    const pauses = [{ fromOn: '2026-06-01', untilOn: '2026-08-01' }]
    expect(stateOn(pledge, '2026-01-30')).toBe('upcoming')
    expect(stateOn(pledge, '2026-01-31')).toBe('active')
    expect(['2026-05-31', '2026-06-01', '2026-08-01'].map((day) => stateOn({ ...pledge, pauses }, day))).toEqual([
      ...['active', 'paused', 'active'],
    ])
    expect(['2026-12-31', '2027-01-01'].map((day) => stateOn({ ...pledge, endOn: '2026-12-31' }, day))).toEqual([
      ...['active', 'completed'],
    ])
    expect(stateOn({ ...pledge, cancelledOn: '2026-03-01', pauses }, '2026-06-05')).toBe('cancelled')
  })
})
