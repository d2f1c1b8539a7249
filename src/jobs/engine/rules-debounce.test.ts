import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Held, hold } from './rules-debounce'

const arrival = (at: number, id = 'a') => ({ id, payload: `event at ${at}`, at })

type Coming = { readonly now: number; readonly at: number }

function holdAll(quiet: Parameters<typeof hold>[0], comings: readonly Coming[]): { held: Held | null; lost: number[] } {
  let held: Held | null = null
  const lost: number[] = []
  for (const { now, at } of comings) {
    const after: ReturnType<typeof hold> = hold(quiet, held, arrival(at), now)
    held = after.held
    if (after.loser) lost.push(after.loser.at)
  }
  return { held, lost }
}

describe('a debounce', () => {
  it('waits a period after the last event, and keeps that one', () => {
    const { held, lost } = holdAll({ periodMs: 2000, timeoutMs: null }, [
      { now: 0, at: 1 },
      { now: 1500, at: 2 },
    ])
    expect(held).toEqual({ last: arrival(2), events: 2, firstAt: 0, dueAt: 3500 })
    expect(lost).toEqual([1])
  })

  it('waits no longer than its timeout after the first event', () => {
    const steady = [0, 1500, 3000, 4500].map((now) => ({ now, at: now }))
    expect(holdAll({ periodMs: 2000, timeoutMs: 5000 }, steady).held?.dueAt).toBe(5000)
  })

  it('keeps the event that came last, though another engine brings an earlier one after it', () => {
    const { held, lost } = holdAll({ periodMs: 2000, timeoutMs: null }, [
      { now: 0, at: 2 },
      { now: 10, at: 1 },
    ])
    expect([held?.last.at, lost]).toEqual([2, [1]])
  })

  it('of two events of one moment keeps the one with the later id', () => {
    const first = hold({ periodMs: 1, timeoutMs: null }, null, arrival(5, 'b'), 0)
    expect(hold({ periodMs: 1, timeoutMs: null }, first.held, arrival(5, 'a'), 0).held.last.id).toBe('b')
    expect(hold({ periodMs: 1, timeoutMs: null }, first.held, arrival(5, 'c'), 0).held.last.id).toBe('c')
  })

  it('in whatever order events come, the latest wins, each other is told once, and none waits past the timeout', () => {
    const comings = fc.array(fc.record({ gap: fc.nat(3000), at: fc.nat(1000) }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(comings, fc.option(fc.integer({ min: 1000, max: 9000 })), (gaps, timeoutMs) => {
        let now = 0
        const steps = gaps.map(({ gap, at }) => {
          now += gap
          return { now, at }
        })
        const { held, lost } = holdAll({ periodMs: 2000, timeoutMs }, steps)
        const times = steps.map(({ at }) => at).sort((a, b) => a - b)
        expect(held?.last.at).toBe(times.at(-1))
        expect(lost.sort((a, b) => a - b)).toEqual(times.slice(0, -1))
        const first = steps[0]?.now ?? 0
        expect(held?.dueAt).toBe(
          Math.min(now + 2000, timeoutMs === null ? Number.POSITIVE_INFINITY : first + timeoutMs),
        )
      }),
    )
  })
})
