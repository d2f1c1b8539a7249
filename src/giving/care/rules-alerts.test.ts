import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/kernel/dates'
import { isLate } from '../pledges/rules-late'
import { type AlertDay, graceUntil, heardOf, judgeAlerts } from './rules-alerts'

const owed = (dueOn: string, paid = 0n) => ({ dueOn, amount: 100n, paid, writtenOff: 0n, skipped: false })
const day: AlertDay = {
  ...{ today: '2026-03-05', graceDays: 10, closed: false, paused: false },
  ...{ deceased: false, declined: false, doNotContact: false, heard: null },
}
const verdicts = (parts: Partial<AlertDay>, ...due: string[]) =>
  judgeAlerts(
    due.map((dueOn) => owed(dueOn)),
    { ...day, ...parts },
  ).map(({ verdict }) => verdict)

describe('why an alert was or was not sent', () => {
  it('in its days of grace nobody is asked; on the day after, the next check tells', () => {
    expect(graceUntil('2026-02-23', 10)).toBe('2026-03-05')
    expect(verdicts({}, '2026-02-23')).toEqual(['grace'])
    expect(verdicts({}, '2026-02-22')).toEqual(['next_check'])
  })

  it('one alert speaks for a pledge: by its oldest instalment, and the later ones stand behind it', () => {
    expect(verdicts({ heard: 'told' }, '2026-03-01', '2026-01-31', '2025-12-31')).toEqual(['told', 'older', 'grace'])
  })

  it('of whom nobody may ask, and what was agreed, comes before everything', () => {
    expect(verdicts({ doNotContact: true, paused: true, heard: 'told' }, '2025-12-31')).toEqual(['do_not_contact'])
    expect(verdicts({ deceased: true }, '2025-12-31')).toEqual(['deceased'])
    expect(verdicts({ declined: true }, '2025-12-31')).toEqual(['declined'])
    expect(verdicts({ closed: true, paused: true }, '2025-12-31')).toEqual(['closed'])
    expect(verdicts({ paused: true }, '2025-12-31')).toEqual(['paused'])
  })

  it('what is paid, skipped or to come is not spoken of', () => {
    const paid = owed('2026-01-01', 100n)
    const skipped = { ...owed('2026-01-02'), skipped: true }
    expect(judgeAlerts([paid, skipped, owed('2026-03-06')], day)).toEqual([])
  })

  it('tellings that nobody wanted are muted, those without a way out had no channel', () => {
    expect(heardOf([])).toBe('muted')
    expect(heardOf([{ ways: [] }, { ways: [{ state: 'skipped' }] }])).toBe('no_channel')
    expect(heardOf([{ ways: [{ state: 'failed' }, { state: 'pending' }] }])).toBe('told')
  })

  it('speaks of an alert for exactly one instalment where something is late, and for none else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -200, max: 20 }), { maxLength: 12 }), (days) => {
        const all = days.map((n) => owed(addDays(day.today, n)))
        const told = judgeAlerts(all, { ...day, heard: 'told' }).filter(({ verdict }) => verdict === 'told')
        expect(told).toHaveLength(all.some((one) => isLate(one, day.today, 10)) ? 1 : 0)
      }),
    )
  })
})
