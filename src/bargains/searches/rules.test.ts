import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../sources/source'
import { isGood, nextDue } from './rules'

const NOW = new Date('2026-11-22T10:00:00Z')
const OK = { verdict: 'ok', failures: 0, retryAfter: null } as const
const MIDDLE = 0.5

const minutes = (due: Date | null) => due && (due.getTime() - NOW.getTime()) / 60_000

describe('when a search is due again', () => {
  it('the shortest interval of its active watches counts', () => {
    expect(minutes(nextDue([30, 10, 60], OK, NOW, MIDDLE))).toBe(10)
  })

  it('a search without an active watch is parked', () => {
    expect(nextDue([], OK, NOW, MIDDLE)).toBeNull()
  })

  it('the jitter is ±10 %', () => {
    expect(minutes(nextDue([10], OK, NOW, 0))).toBe(9)
    expect(minutes(nextDue([10], OK, NOW, 0.999999))).toBeCloseTo(11, 3)
  })

  it('failures double the wait, up to 6 hours', () => {
    const after = (failures: number) => minutes(nextDue([10], { ...OK, verdict: 'failed', failures }, NOW, MIDDLE))
    expect([1, 2, 3, 4, 5, 6, 20].map(after)).toEqual([20, 40, 80, 160, 320, 360, 360])
  })

  it('a backoff never makes a slow search quicker', () => {
    expect(minutes(nextDue([10_080], { ...OK, verdict: 'failed', failures: 3 }, NOW, MIDDLE))).toBe(10_080)
  })

  it('blocked waits at least an hour, or as long as the site says', () => {
    const blocked = { verdict: 'blocked', failures: 1 } as const
    expect(minutes(nextDue([1], { ...blocked, retryAfter: null }, NOW, MIDDLE))).toBe(60)
    expect(minutes(nextDue([1], { ...blocked, retryAfter: 600 }, NOW, MIDDLE))).toBe(10)
    expect(minutes(nextDue([1], { ...blocked, retryAfter: 7200 }, NOW, MIDDLE))).toBe(120)
  })

  it('is never before the site allows, and a good read is never later than the interval and its jitter', () => {
    const verdict = fc.constantFrom<Verdict>('ok', 'empty', 'partial', 'blocked', 'changed', 'failed', 'gone', 'held')
    const outcome = fc.record({ verdict, failures: fc.nat(30), retryAfter: fc.option(fc.nat(86_400)) })
    const intervals = fc.array(fc.integer({ min: 1, max: 10_080 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(intervals, outcome, fc.double({ min: 0, max: 0.999, noNaN: true }), (every, found, random) => {
        const wait = minutes(nextDue(every, found, NOW, random)) ?? 0
        // In minutes as a float: a thousandth of a second is its rounding.
        expect(wait * 60).toBeGreaterThanOrEqual((found.retryAfter ?? 0) - 0.001)
        expect(wait).toBeGreaterThanOrEqual(Math.min(...every) * 0.9 - 0.001)
        if (isGood(found.verdict) && found.failures === 0 && found.retryAfter === null) {
          expect(wait).toBeLessThanOrEqual(Math.min(...every) * 1.1 + 0.001)
        }
      }),
    )
  })
})
