import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CountedHour, cellsOf, countsOf, hourOf, totalOf } from './rules-hours'

const NOW = new Date('2026-11-22T14:20:00Z')
const hourBefore = (hours: number) => hourOf(new Date(NOW.getTime() - hours * 3_600_000)).toISOString()

describe('the history of a host', () => {
  it('ends with the hour that runs, and every verdict has its place', () => {
    const counted: CountedHour[] = [
      { hour: hourBefore(0), verdict: 'ok', count: 5 },
      { hour: hourBefore(0), verdict: 'partial', count: 1 },
      { hour: hourBefore(1), verdict: 'blocked', count: 2 },
      { hour: hourBefore(23), verdict: 'changed', count: 3 },
      { hour: hourBefore(24), verdict: 'failed', count: 4 },
    ]
    const cells = cellsOf(counted, NOW, 24, 1)
    expect(cells.at(-1)?.counts).toEqual({ well: 6, refused: 0, unread: 0, failed: 0 })
    expect(cells.at(-2)?.counts.refused).toBe(2)
    expect(cells[0]?.counts.unread).toBe(3)
    expect(countsOf(counted)).toEqual({ well: 6, refused: 2, unread: 3, failed: 4 })
  })

  it('loses and doubles nothing within its days', () => {
    const hour = fc.record({
      hour: fc.integer({ min: 0, max: 167 }).map(hourBefore),
      verdict: fc.constantFrom('ok', 'blocked', 'failed', 'held' as const),
      count: fc.integer({ min: 1, max: 1000 }),
    })
    fc.assert(
      fc.property(fc.array(hour as fc.Arbitrary<CountedHour>), (counted) => {
        const sum = cellsOf(counted, NOW, 28, 6).reduce((all, { counts }) => all + totalOf(counts), 0)
        expect(sum).toBe(totalOf(countsOf(counted)))
      }),
    )
  })
})
