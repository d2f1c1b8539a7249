import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/kernel/dates'
import { dueState, nextDue, TASK_REPEATS } from './rules'

describe('a task that repeats', () => {
  it('is due again on the next day of its rhythm, never in the past', () => {
    expect(nextDue('2026-11-20', 'weekly', '2026-11-22', 20)).toBe('2026-11-27')
    expect(nextDue('2026-08-20', 'weekly', '2026-11-22', 20)).toBe('2026-11-26')
    expect(nextDue('2026-12-24', 'yearly', '2026-11-22', 24)).toBe('2027-12-24')
    expect(nextDue('2026-01-31', 'monthly', '2026-01-31', 31)).toBe('2026-02-28')
    expect(nextDue('2026-02-28', 'monthly', '2026-02-28', 31)).toBe('2026-03-31')
  })

  it('always lies after its due date and after today', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((count) => addDays('2024-01-01', count))
    fc.assert(
      fc.property(days, days, fc.constantFrom(...TASK_REPEATS), (due, today, repeat) => {
        const next = nextDue(due, repeat, today, Number(due.slice(8)))
        expect(next > due && next > today).toBe(true)
      }),
    )
  })
})

describe('a task', () => {
  it('is overdue from the day after it was due', () => {
    const days = ['2026-11-21', '2026-11-22', '2026-11-29', '2026-11-30', null]
    expect(days.map((day) => dueState(day, false, '2026-11-22'))).toEqual([
      'overdue',
      'today',
      'soon',
      'later',
      'undated',
    ])
    expect(dueState('2026-11-01', true, '2026-11-22')).toBe('done')
  })
})
