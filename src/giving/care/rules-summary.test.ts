import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, hourIn, mondayOf, todayIn, weekdayOf } from '@/kernel/dates'
import { hasNews, isSummaryDue, lastWeek, NO_GIVING, type SummaryFacts, yearBefore } from './rules-summary'

const ZONES = ['Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia']
const QUARTER = 900_000
const zone = fc.constantFrom(...ZONES)
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

/** Every quarter of an hour of that week in which the summary is due and was not a quarter before. */
function turns(timeZone: string, monday: string, chosen: { weekday: number; hour: number }): readonly Date[] {
  const start = Date.parse(`${monday}T00:00:00Z`) - 86_400_000
  const at = Array.from({ length: 9 * 96 }, (_, quarter) => new Date(start + quarter * QUARTER))
  const due = (now: Date) => {
    const today = todayIn(timeZone, now)
    return mondayOf(today) === monday && isSummaryDue({ ...chosen, joinedAt: new Date(0) }, { today, now, timeZone })
  }
  return at.filter((now) => due(now) && !due(new Date(now.getTime() - QUARTER)))
}

describe('the week of a summary', () => {
  it('is the whole week before the reader’s, Monday to Sunday on the wall, in every zone', () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, now) => {
        const today = todayIn(timeZone, now)
        const { from, to } = lastWeek(today)
        expect([weekdayOf(from), weekdayOf(to), daysBetween(from, to)]).toEqual([1, 7, 6])
        expect(addDays(to, 1)).toBe(mondayOf(today))
      }),
    )
  })

  it('is compared with the same days of the week a year before', () => {
    expect(yearBefore({ from: '2026-03-23', to: '2026-03-29' })).toEqual({ from: '2025-03-24', to: '2025-03-30' })
    expect(weekdayOf(yearBefore(lastWeek('2028-03-01')).from)).toBe(1)
  })
})

describe('the hour of a summary', () => {
  it('comes once a week, at that hour on the wall or at the next where clocks leave it out', () => {
    // Clocks change in each of these weeks in one of the zones.
    const weeks = ['2026-03-09', '2026-03-23', '2026-03-30', '2026-10-05', '2026-10-26', '2026-11-02', '2026-04-06']
    const week = fc.constantFrom(...weeks)
    const chosen = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }) })
    fc.assert(
      fc.property(zone, week, chosen, (timeZone, monday, at) => {
        const [turn, ...others] = turns(timeZone, monday, at)
        expect(others).toEqual([])
        const shown = turn && { day: weekdayOf(todayIn(timeZone, turn)), hour: hourIn(timeZone, turn) }
        expect([
          { day: at.weekday, hour: at.hour },
          { day: at.weekday, hour: at.hour + 1 },
        ]).toContainEqual(shown)
      }),
      { numRuns: 60 },
    )
  })
})

describe('news', () => {
  const facts: SummaryFacts = {
    ...{ workspace: '', memberId: '', workspaceId: '', whose: 'all', giving: true, from: '', to: '', other: null },
    ...{ ...NO_GIVING, tasks: { count: 0, due: 0, rows: [] } },
  }

  it('is neither a goal nor what came a year ago, and is what the other half found', () => {
    const goal = { goal: '1', inHand: '0', promised: '0', change: '0', currency: 'PLN' }
    const before = { count: 3, sums: [{ currency: 'PLN', total: '1' }] }
    expect(hasNews({ ...facts, goal, gifts: { ...facts.gifts, before } })).toBe(false)
    expect(hasNews({ ...facts, other: {} })).toBe(true)
    expect(hasNews({ ...facts, birthdays: { count: 1, rows: [] } })).toBe(true)
  })
})
