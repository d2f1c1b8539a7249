import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, admittedAt, hardRate, type Rate, throttleRate } from './rules-throttle'

/** When each of these arrivals begins, if those that are not admitted wait in line. */
function startsOf(rate: Rate, arrivals: readonly number[]): readonly number[] {
  let [tat, last]: [number | null, number] = [null, 0]
  return arrivals.map((arrival) => {
    let now = Math.max(arrival, last)
    for (let verdict = admit(rate, tat, now); ; verdict = admit(rate, tat, now)) {
      if (verdict.admitted) {
        tat = verdict.tat
        last = now
        return now
      }
      now = verdict.at
    }
  })
}

/** Which of these arrivals begin, if those that are not admitted are lost. */
function admittedOf(rate: Rate, arrivals: readonly number[]): readonly number[] {
  let tat: number | null = null
  return arrivals.filter((now) => {
    const verdict = admit(rate, tat, now)
    if (verdict.admitted) tat = verdict.tat
    return verdict.admitted
  })
}

function mostWithin(times: readonly number[], ms: number): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + ms).length))
}

const limits = fc.record({ limit: fc.integer({ min: 1, max: 8 }), period: fc.constantFrom(840, 1680, 8400) })
const arrivals = fc.array(fc.nat(20_000), { maxLength: 60 }).map((times) => times.sort((a, b) => a - b))

describe('a throttle', () => {
  it('lets two begin at once, and then one every five seconds, at one per 5 s with the default burst', () => {
    expect(startsOf(throttleRate(1, 5000), [0, 0, 0, 0])).toEqual([0, 0, 5000, 10_000])
  })

  it('lets its limit begin at once when it has no burst, and then spaces them evenly', () => {
    expect(startsOf(throttleRate(2, 6000, 0), [0, 0, 0, 100])).toEqual([0, 0, 3000, 6000])
  })

  it('lets `burst` more begin at once: three of six at two per 6 s with a burst of one', () => {
    expect(startsOf(throttleRate(2, 6000, 1), [0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 3000, 6000, 9000])
  })

  it('never lets more than limit + burst begin at once, nor one more than one every period / limit after that', () => {
    fc.assert(
      fc.property(limits, fc.nat(4), arrivals, ({ limit, period }, burst, times) => {
        const starts = startsOf(throttleRate(limit, period, burst), times)
        expect(mostWithin(starts, 1)).toBeLessThanOrEqual(limit + burst)
        expect(mostWithin(starts, period)).toBeLessThanOrEqual(2 * limit + burst - 1)
      }),
    )
  })

  it('loses none, keeps their order, and delays nobody who comes seldom', () => {
    fc.assert(
      fc.property(limits, arrivals, ({ limit, period }, times) => {
        const starts = startsOf(throttleRate(limit, period), times)
        expect(starts).toHaveLength(times.length)
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
        const seldom = times.map((_, at) => at * period)
        expect(startsOf(throttleRate(limit, period), seldom)).toEqual(seldom)
      }),
    )
  })

  it('admits at the time that it named, and not before', () => {
    fc.assert(
      fc.property(limits, fc.nat(4), fc.nat(50_000), ({ limit, period }, burst, tat) => {
        const rate = throttleRate(limit, period, burst)
        const at = admittedAt(rate, tat, 0)
        expect(admit(rate, tat, at).admitted).toBe(true)
        if (at > 1) expect(admit(rate, tat, at - 1)).toEqual({ admitted: false, at })
      }),
    )
  })
})

describe('a rate limit', () => {
  it('of one per 4 s skips what comes within 4 s of the last that began', () => {
    expect(admittedOf(hardRate(1, 4000), [0, 1000, 3999, 4000, 7000, 8000])).toEqual([0, 4000, 8000])
  })

  it('has a tenth of its limit as burst', () => {
    expect(admittedOf(hardRate(20, 20_000), [0, 0, 0, 0])).toEqual([0, 0, 0])
    expect(admittedOf(hardRate(9, 9000), [0, 0, 0, 0])).toEqual([0])
  })

  it('never lets more than its limit and that tenth begin within a period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), arrivals, (limit, times) => {
        const begun = admittedOf(hardRate(limit, 4000), times)
        expect(mostWithin(begun, 4000)).toBeLessThanOrEqual(limit + Math.floor(limit / 10))
        expect(begun.slice(0, 1)).toEqual(times.slice(0, 1))
      }),
    )
  })
})
