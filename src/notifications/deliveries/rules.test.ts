import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Flow, nextSlot, paceOf, roomNow, slotAfter } from './rules-pace'
import { secondsToNextTry } from './rules-retry'

describe('tries', () => {
  it('come after 10 s, 30 s, 2, 8, 30, 80 minutes and 4 hours; the eighth is the last', () => {
    const gaps = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => secondsToNextTry({ attempts, ageSeconds: 0, random: 0.5 }))
    expect(gaps).toEqual([10, 30, 120, 480, 1800, 4800, 14_400, null])
    expect(gaps.reduce<number>((sum, gap) => sum + (gap ?? 0), 0) / 3600).toBeCloseTo(6, 0)
  })

  it('are spread by a fifth to both sides, so that what failed together does not come back together', () => {
    expect(secondsToNextTry({ attempts: 3, ageSeconds: 0, random: 0 })).toBe(96)
    expect(secondsToNextTry({ attempts: 3, ageSeconds: 0, random: 0.999 })).toBeCloseTo(144, 0)
  })

  it('wait as long as the provider asked, however often it asks, but not for news of yesterday', () => {
    expect(secondsToNextTry({ attempts: 8, ageSeconds: 60, retryAfter: 35, random: 0 })).toBe(35)
    expect(secondsToNextTry({ attempts: 1, ageSeconds: 86_400, retryAfter: 35, random: 0 })).toBeNull()
  })

  it('never come before what the provider asked for', () => {
    const any = fc.record({
      attempts: fc.integer({ min: 1, max: 20 }),
      retryAfter: fc.nat(5000),
      random: fc.float({ min: 0, max: Math.fround(0.999), noNaN: true }),
    })
    fc.assert(fc.property(any, (tried) => (secondsToNextTry({ ...tried, ageSeconds: 0 }) ?? 0) >= tried.retryAfter))
  })
})

describe('pace', () => {
  it('a person gets a message a second, a group twenty a minute', () => {
    expect([paceOf('telegram').gap('123'), 60_000 / paceOf('telegram').gap('-100123')]).toEqual([1000, 20])
  })

  it('after a quiet time a burst goes at once, then one a gap', () => {
    const flow: Flow = { gap: 40, burst: 5 }
    const [idle, now] = [new Date(0), new Date(10_000)]
    expect(roomNow(flow, idle, now)).toBe(5)
    const after = slotAfter(flow, idle, now, 5)
    expect(roomNow(flow, after, now)).toBe(0)
    expect(nextSlot(flow, after).getTime() - now.getTime()).toBe(40)
    expect(roomNow(flow, after, new Date(now.getTime() + 40))).toBe(1)
  })

  it('no second sees more than Telegram’s 30, however the claims fall', () => {
    const { flow } = paceOf('telegram')
    if (!flow) throw new Error('Telegram has a limit in all')
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 200 }), (pauses) => {
        const sent = sendAll(flow, pauses)
        return sent.every((at) => sent.filter((other) => other >= at && other < at + 1000).length <= 30)
      }),
    )
  })
})

/** Claims all that there is room for, after each pause; answers the moments of the messages. */
function sendAll(flow: Flow, pauses: readonly number[]): readonly number[] {
  let [now, freeAt] = [0, new Date(0)]
  return pauses.flatMap((pause) => {
    now += pause
    const room = roomNow(flow, freeAt, new Date(now))
    freeAt = room > 0 ? slotAfter(flow, freeAt, new Date(now), room) : freeAt
    return Array.from({ length: room }, () => now)
  })
}
