import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/kernel/dates'
import { FREQUENCIES, isPausedOn } from './rules'
import { firstTerms, nextTerms, planInstalments, type Schedule } from './rules-schedule'

const monthly = { startOn: '2026-01-31', amount: 10000n, frequency: 'monthly', firstAfterPeriod: false } as const
const plan = (schedule: Partial<Schedule>, until = '2026-06-30') =>
  planInstalments({ terms: [firstTerms(monthly)], pauses: [], endOn: null, ...schedule }, until)
const dates = (...args: Parameters<typeof plan>) => plan(...args).map((one) => one.dueOn)

describe('the instalments of a pledge', () => {
  it('are due from the start date on: 31 January, 28 February, 31 March', () => {
    expect(dates({}, '2026-03-31')).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
  })

  it('begin one period later where the pledge says so, and keep the day', () => {
    const terms = [firstTerms({ ...monthly, firstAfterPeriod: true })]
    expect(dates({ terms }, '2026-03-31')).toEqual(['2026-02-28', '2026-03-31'])
  })

  it('end with the end date', () => {
    expect(dates({ endOn: '2026-03-30' })).toEqual(['2026-01-31', '2026-02-28'])
  })

  it('are skipped in a pause, and go on with the next due date', () => {
    const pauses = [{ fromOn: '2026-02-15', untilOn: '2026-04-30' }]
    const skipped = plan({ pauses }).filter((one) => one.skipped)
    expect(skipped.map((one) => one.dueOn)).toEqual(['2026-02-28', '2026-03-31'])
    expect(plan({ pauses: [{ fromOn: '2026-02-15', untilOn: null }] }).filter((one) => !one.skipped)).toHaveLength(1)
  })

  it('follow new terms from their day on; earlier ones stay, and the dates go on', () => {
    const first = firstTerms(monthly)
    const base = { terms: [first], pauses: [], endOn: null }
    const change = { fromOn: '2026-03-15', amount: 15000n, frequency: 'monthly', firstDueOn: null } as const
    const terms = [first, nextTerms(base, change)]
    expect(plan({ terms }, '2026-04-30').map((one) => [one.dueOn, one.amount])).toEqual([
      ['2026-01-31', 10000n],
      ['2026-02-28', 10000n],
      ['2026-03-31', 15000n],
      ['2026-04-30', 15000n],
    ])
    const quarterly = nextTerms(base, { ...change, frequency: 'quarterly' })
    expect(dates({ terms: [first, quarterly] }, '2026-12-31').slice(2)).toEqual([
      ...['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31'],
    ])
    const moved = nextTerms(base, { ...change, firstDueOn: '2026-03-20' })
    expect(dates({ terms: [first, moved] }, '2026-05-01').slice(2)).toEqual(['2026-03-20', '2026-04-20'])
  })

  it('of irregular terms are none', () => {
    expect(plan({ terms: [firstTerms({ ...monthly, frequency: 'irregular' })] })).toEqual([])
  })

  const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days))
  const schedule = fc
    .record({
      start: day,
      frequency: fc.constantFrom(...FREQUENCIES),
      later: fc.boolean(),
      changes: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 500 }),
          amount: fc.bigInt(1n, 10n ** 9n),
          frequency: fc.constantFrom(...FREQUENCIES),
        }),
        { maxLength: 4 },
      ),
      pauses: fc.array(fc.tuple(day, fc.integer({ min: 1, max: 200 })), { maxLength: 3 }),
      end: fc.option(day, { nil: null }),
    })
    .map(({ start, frequency, later, changes, pauses, end }) => {
      const first = firstTerms({ startOn: start, amount: 5000n, frequency, firstAfterPeriod: later })
      const made: Schedule = {
        terms: [first],
        pauses: pauses.map(([fromOn, long]) => ({ fromOn, untilOn: addDays(fromOn, long) })),
        endOn: end,
      }
      const terms = [...made.terms]
      for (const { after, ...change } of changes) {
        const fromOn = addDays(terms.at(-1)?.fromOn ?? start, after)
        terms.push(nextTerms({ ...made, terms }, { ...change, fromOn, firstDueOn: null }))
      }
      return { ...made, terms }
    })

  it('rise one after the other, within start and end, each of the terms of its day, skipped when paused', () => {
    fc.assert(
      fc.property(schedule, day, (made, until) => {
        const planned = planInstalments(made, until)
        for (const [at, one] of planned.entries()) {
          expect(one.dueOn > (planned[at - 1]?.dueOn ?? '')).toBe(true)
          expect(one.dueOn <= until && one.dueOn <= (made.endOn ?? until)).toBe(true)
          expect(one.amount).toBe(made.terms.findLast((terms) => terms.fromOn <= one.dueOn)?.amount)
          expect(one.skipped).toBe(isPausedOn(made.pauses, one.dueOn))
        }
      }),
    )
  })

  it('are the same however far one looks: a later horizon only adds', () => {
    fc.assert(
      fc.property(schedule, day, fc.nat(400), (made, until, more) => {
        const [near, far] = [planInstalments(made, until), planInstalments(made, addDays(until, more))]
        expect(far.filter((one) => one.dueOn <= until)).toEqual(near)
      }),
    )
  })

  it('before a change of terms are what they were without it', () => {
    fc.assert(
      fc.property(schedule, fc.nat(900), fc.constantFrom(...FREQUENCIES), (made, after, frequency) => {
        const fromOn = addDays(made.terms.at(-1)?.fromOn ?? '2024-01-01', after + 1)
        const changed = nextTerms(made, { fromOn, amount: 1n, frequency, firstDueOn: null })
        const until = addDays(fromOn, 400)
        const earlier = (so: Schedule) => planInstalments(so, until).filter((one) => one.dueOn < fromOn)
        expect(earlier({ ...made, terms: [...made.terms, changed] })).toEqual(earlier(made))
      }),
    )
  })
})
