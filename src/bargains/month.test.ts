import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { runMonth } from './testing-month'
import { faultsOf, figuresOf } from './testing-month-figures'
import { readTold } from './testing-month-told'

const test = openTestDatabase()

/** A week of what `npm run bench month` runs for a month. */
const WEEK = { seed: 7, searches: 24, adverts: 600, busyShare: 0.5, days: 7, busyMinutes: 120, quietMinutes: 360 }

describe('a simulated week on six marketplaces', () => {
  it('what happened is told once, nothing else is, and no host is asked more than it grants', {
    timeout: 300_000,
  }, async () => {
    const month = await runMonth(test.db, WEEK)
    const told = await readTold(test.db, month)
    expect(faultsOf(month, told)).toEqual({ missed: [], doubled: [], invented: [], impolite: [] })
    const figures = new Map(figuresOf(month, told).map(({ measure, value }) => [measure, value]))
    for (const kind of ['new adverts told', 'price drops told', 'found gone', 'troubles and recoveries told']) {
      expect(figures.get(kind), kind).toBeGreaterThan(0)
    }
  })
})
