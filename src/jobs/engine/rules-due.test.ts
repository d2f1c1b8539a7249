import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultBackoff } from './rules-backoff'
import { parseRetryAfter, parseSleep } from './rules-due'

describe('when a run goes on', () => {
  it('durations of the SDK are summed', () => {
    expect(parseSleep('1d2h30m10s')).toEqual({ afterMs: 95_410_000 })
    expect(parseSleep('1w')).toEqual({ afterMs: 604_800_000 })
    expect(parseSleep('')).toEqual({ afterMs: 0 })
  })

  it('a time is kept as a time', () => {
    expect(parseSleep('2026-03-29T02:30:00+02:00')).toEqual({ at: '2026-03-29T00:30:00.000Z' })
    expect(parseRetryAfter('2026-03-29T00:30:00.000Z')).toEqual({ at: '2026-03-29T00:30:00.000Z' })
  })

  it('retry-after is seconds', () => {
    expect(parseRetryAfter('90')).toEqual({ afterMs: 90_000 })
  })

  it('anything else is refused', () => {
    expect(() => parseSleep('soon')).toThrow('neither a duration nor a time: soon')
    expect(() => parseRetryAfter('soon')).toThrow('neither a duration nor a time: soon')
  })
})

describe('backoff', () => {
  it('begins at 15 seconds and ends at two hours', () => {
    expect(defaultBackoff(0, 0)).toBe(15_000)
    expect(defaultBackoff(1, 0)).toBe(30_000)
    expect(defaultBackoff(9, 0)).toBe(7_200_000)
    expect(defaultBackoff(50, 0)).toBe(7_200_000)
  })

  it('jitter adds at most half a minute, and never doubles a delay', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
        const [plain, jittered] = [defaultBackoff(attempt, 0), defaultBackoff(attempt, random)]
        expect(jittered - plain).toBeGreaterThanOrEqual(0)
        expect(jittered - plain).toBeLessThanOrEqual(Math.min(plain, 30_000))
      }),
    )
  })
})
