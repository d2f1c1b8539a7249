import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterRequest, afterTaking, decideSlot, type HostState, retryAfterSeconds } from './rules-budget'

const FRESH: HostState = {
  perMinute: 20,
  recent: [],
  busyUntil: null,
  closedUntil: null,
  failures: 0,
  paceMs: 0,
  lastAt: null,
}
const BAD = { kind: 'bad', retryAfter: null } as const

function take(state: HostState, now: number): HostState {
  return decideSlot(state, now).kind === 'free' ? afterTaking(state, now) : state
}

describe('a host’s budget', () => {
  it('lets 20 requests through in a minute and the next one when the first has left it', () => {
    let state = FRESH
    for (let i = 0; i < 20; i++) state = afterRequest(take(state, i * 100), { kind: 'ok' }, 0, i * 100 + 50)
    expect(decideSlot(state, 10_000)).toEqual({ kind: 'wait', until: 61_000, why: 'full' })
    expect(decideSlot(state, 61_000)).toEqual({ kind: 'free' })
  })

  it('makes one request at a time, and forgets a process that died', () => {
    const state = take(FRESH, 0)
    expect(decideSlot(state, 5_000)).toEqual({ kind: 'wait', until: 20_000, why: 'busy' })
    expect(decideSlot(state, 20_000)).toEqual({ kind: 'free' })
  })

  it('waits as long as the host asks, to the second', () => {
    const state = afterRequest(take(FRESH, 0), { kind: 'bad', retryAfter: 90 }, 0, 1_000)
    expect(decideSlot(state, 90_999)).toEqual({ kind: 'wait', until: 91_000, why: 'closed' })
    expect(decideSlot(state, 91_000)).toEqual({ kind: 'free' })
  })

  it('opens the breaker after 5 failures in a row, longer each time, and closes it on success', () => {
    let state = FRESH
    for (let i = 0; i < 4; i++) state = afterRequest(state, BAD, 0, 0)
    expect(decideSlot(state, 0).kind).toBe('free')
    state = afterRequest(state, BAD, 0, 0)
    expect(decideSlot(state, 0)).toEqual({ kind: 'wait', until: 300_000, why: 'closed' })
    state = afterRequest(state, BAD, 0, 300_000)
    expect(state.closedUntil).toBe(900_000)
    expect(afterRequest(state, { kind: 'ok' }, 0, 900_000)).toMatchObject({ failures: 0, closedUntil: null })
  })

  it('is never exceeded in any 60 seconds, whatever the order of asking, failing and dying', () => {
    const step = fc.record({ gap: fc.nat(9_000), lasts: fc.nat(15_000), dies: fc.boolean(), bad: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (steps, perMinute) => {
        let state: HostState = { ...FRESH, perMinute }
        let now = 0
        const made: number[] = []
        for (const { gap, lasts, dies, bad } of steps) {
          now += gap
          const slot = decideSlot(state, now)
          if (slot.kind === 'wait') continue
          made.push(now)
          state = afterTaking(state, now)
          now += lasts
          if (!dies) state = afterRequest(state, bad ? BAD : { kind: 'ok' }, 0, now)
        }
        return made.every((at) => made.filter((other) => other >= at && other < at + 60_000).length <= perMinute)
      }),
      { numRuns: 1000 },
    )
  })

  it('never asks to wait for a moment that has passed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200_000)),
        fc.nat(200_000),
        fc.option(fc.nat(200_000)),
        (recent, now, closedUntil) => {
          const slot = decideSlot({ ...FRESH, recent, closedUntil }, now)
          return slot.kind === 'free' || slot.until > now
        },
      ),
    )
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  it.each([
    ['120', 120],
    ['0', 0],
    ['Sun, 22 Nov 2026 10:01:30 GMT', 90],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 86_400],
    ['soon', null],
    [undefined, null],
  ])('%s means %s seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds)
  })
})
