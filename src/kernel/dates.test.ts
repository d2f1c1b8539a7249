import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, hourIn, isPlainDate, momentOf, mondayOf, todayIn, weekdayOf } from './dates'

const ZONES = ['Europe/Warsaw', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC'] as const
const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('1970-01-01', count))

describe('a day of the calendar', () => {
  it('is one that exists, of a year that makes sense', () => {
    const given = ['2024-02-29', '2026-02-30', '20255-01-01', '2026-1-1', '0202-01-01', '']
    expect(given.map(isPlainDate)).toEqual([true, false, false, false, false, false])
  })

  it('is that of the workspace’s zone', () => {
    const now = new Date('2026-11-22T23:30:00Z')
    expect(ZONES.map((zone) => todayIn(zone, now))).toEqual([
      '2026-11-23',
      '2026-11-22',
      '2026-11-23',
      '2026-11-23',
      '2026-11-22',
    ])
  })

  it('keeps the anchor day over short months', () => {
    expect([1, 2, 13, -2].map((months) => addMonths('2026-01-31', months))).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2027-02-28',
      '2025-11-30',
    ])
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31')
  })

  it('counts days as the calendar does, over daylight saving too', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (date, count) => {
        expect(daysBetween(date, addDays(date, count))).toBe(count)
      }),
    )
  })

  it('knows its week', () => {
    expect([weekdayOf('2026-11-22'), mondayOf('2026-11-22'), mondayOf('2026-11-23')]).toEqual([
      7,
      '2026-11-16',
      '2026-11-23',
    ])
  })
})

describe('an hour of a day', () => {
  it('comes once on every day, over daylight saving too', () => {
    expect(momentOf('2026-03-29', 6, 'Europe/Warsaw').toISOString()).toBe('2026-03-29T04:00:00.000Z')
    expect(momentOf('2026-03-28', 6, 'Europe/Warsaw').toISOString()).toBe('2026-03-28T05:00:00.000Z')
    // 02:00 does not exist on that night; 02:00 comes twice on the other.
    expect(momentOf('2026-03-29', 2, 'Europe/Warsaw').toISOString()).toBe('2026-03-29T01:00:00.000Z')
    expect(momentOf('2026-10-25', 2, 'Europe/Warsaw').toISOString()).toBe('2026-10-25T00:00:00.000Z')
  })

  it('is the hour that clocks show then', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...ZONES), fc.integer({ min: 4, max: 23 }), (date, zone, hour) => {
        const at = momentOf(date, hour, zone)
        expect([todayIn(zone, at), hourIn(zone, at)]).toEqual([date, hour])
      }),
    )
  })
})
