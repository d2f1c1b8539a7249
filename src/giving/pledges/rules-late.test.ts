import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/kernel/dates'
import { daysLate, GRACE_DAYS, instalmentState, isLate, lateBucket, oldestLate, openAmount } from './rules-late'

const due = { dueOn: '2026-11-10', amount: 10000n, paid: 0n, writtenOff: 0n, skipped: false }
const dayAfter = (days: number) => addDays(due.dueOn, days)

describe('late', () => {
  it('is what is not fully paid, after the due date and 10 days of grace', () => {
    expect([10, 11].map((days) => isLate(due, dayAfter(days), GRACE_DAYS))).toEqual([false, true])
    expect(isLate({ ...due, paid: 9999n }, dayAfter(11), GRACE_DAYS)).toBe(true)
    expect(isLate({ ...due, paid: 10000n }, dayAfter(11), GRACE_DAYS)).toBe(false)
    expect(isLate(due, dayAfter(1), 0)).toBe(true)
  })

  it('counts days from the due date, truly every day: 11, then 12, then 40', () => {
    expect([11, 12, 40].map((days) => daysLate(due.dueOn, dayAfter(days)))).toEqual([11, 12, 40])
    expect(daysLate(due.dueOn, dayAfter(-5))).toBe(0)
  })

  it('counts days, not hours: over the change of clocks too', () => {
    expect(daysLate('2026-03-28', '2026-03-30')).toBe(2)
    expect(daysLate('2026-10-24', '2026-10-26')).toBe(2)
  })

  it('falls into buckets of 1–30, 31–60 and 61+ days', () => {
    expect([0, 1, 30, 31, 60, 61, 900].map(lateBucket)).toEqual([
      ...[null, '1-30', '1-30', '31-60', '31-60', '61+', '61+'],
    ])
  })

  it('is known by the oldest open instalment', () => {
    const older = { ...due, dueOn: '2026-10-10', paid: 5000n }
    expect(oldestLate([due, older, { ...older, dueOn: '2026-09-10', paid: 10000n }], dayAfter(30), GRACE_DAYS)).toBe(
      older,
    )
    expect(oldestLate([due], dayAfter(10), GRACE_DAYS)).toBeNull()
  })

  it('is never what was skipped in a pause or written off', () => {
    expect(isLate({ ...due, skipped: true }, dayAfter(100), 0)).toBe(false)
    expect(isLate({ ...due, paid: 4000n, writtenOff: 6000n }, dayAfter(100), 0)).toBe(false)
  })

  it('says how an instalment stands', () => {
    const state = (change: object, days: number) => instalmentState({ ...due, ...change }, dayAfter(days), GRACE_DAYS)
    expect([
      state({}, -5),
      state({ paid: 100n }, 5),
      state({ paid: 100n }, 20),
      state({ paid: 10000n }, 20),
      state({ skipped: true }, 20),
      state({ writtenOff: 10000n }, 20),
    ]).toEqual(['expected', 'partly', 'late', 'paid', 'skipped', 'written_off'])
  })

  const amount = fc.bigInt(0n, 20000n)
  const owed = fc
    .record({ paid: amount, writtenOff: amount, skipped: fc.boolean() })
    .map((change) => ({ ...due, ...change }))

  it('stays late as time passes while nothing is paid, and its bucket never goes back', () => {
    const buckets = [null, '1-30', '31-60', '61+']
    fc.assert(
      fc.property(owed, fc.nat(90), fc.nat(200), fc.nat(200), (one, grace, days, more) => {
        const [now, then] = [dayAfter(days), dayAfter(days + more)]
        if (isLate(one, now, grace)) expect(isLate(one, then, grace)).toBe(true)
        const bucket = (day: string) => buckets.indexOf(lateBucket(daysLate(one.dueOn, day)))
        expect(bucket(then)).toBeGreaterThanOrEqual(bucket(now))
      }),
    )
  })

  it('ends with the payment of what is open, and not with a grosz less', () => {
    fc.assert(
      fc.property(owed, fc.integer({ min: 1, max: 500 }), (one, days) => {
        const open = openAmount(one)
        if (open === 0n) return
        expect(isLate({ ...one, paid: one.paid + open }, dayAfter(days), 0)).toBe(false)
        expect(isLate({ ...one, paid: one.paid + open - 1n }, dayAfter(days), 0)).toBe(true)
      }),
    )
  })
})
