import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterWay, goesOn, type WayOutcome, type WayRecord, waysToTry } from './rules-ways'

const DAY = 86_400_000
const HOUR = 3_600_000
const WAYS = ['plain', 'api', 'browser'] as const

function went(...outcomes: readonly WayOutcome[]): WayRecord | undefined {
  return outcomes.reduce<WayRecord | undefined>(
    (record, outcome, n) => afterWay(record, outcome, 'x', n * HOUR),
    undefined,
  )
}

describe('the ways to a page', () => {
  it('the politest comes first, and is let alone for a day after three refusals in a row', () => {
    expect(waysToTry(WAYS, [{}], 0)).toEqual(WAYS)
    const twice = went('refused', 'unclear', 'refused')
    expect(waysToTry(WAYS, [{ plain: twice ?? never() }], 2 * HOUR)).toEqual(WAYS)
    const thrice = went('refused', 'refused', 'refused')
    expect(thrice).toMatchObject({ refusals: 3, restsUntil: 2 * HOUR + DAY })
    expect(waysToTry(WAYS, [{ plain: thrice ?? never() }], 2 * HOUR)).toEqual(['api', 'browser'])
    expect(waysToTry(WAYS, [{ plain: thrice ?? never() }], 2 * HOUR + DAY)).toEqual(WAYS)
  })

  it('one refusal more at the daily try is one day more, and a good page forgets all', () => {
    const again = afterWay(went('refused', 'refused', 'refused'), 'refused', 'blocked', 2 * DAY)
    expect(again.restsUntil).toBe(3 * DAY)
    expect(afterWay(again, 'good', 'ok', 3 * DAY)).toEqual({
      refusals: 0,
      restsUntil: null,
      okAt: 3 * DAY,
      verdict: 'ok',
      at: 3 * DAY,
    })
  })

  it('what the host refused one search, it refuses all', () => {
    const thrice = went('refused', 'refused', 'refused') ?? never()
    expect(waysToTry(WAYS, [{}, { plain: thrice, api: thrice }], 3 * HOUR)).toEqual(['browser'])
  })

  it('where all are let alone, the one that is free first is tried', () => {
    const record = (hours: number) => ({
      ...(went('refused', 'refused', 'refused') ?? never()),
      restsUntil: hours * HOUR,
    })
    expect(waysToTry(WAYS, [{ plain: record(9), api: record(7), browser: record(8) }], HOUR)).toEqual(['api'])
  })

  it('a refused daily try goes on by the way that works, and an accident does not', () => {
    const works = went('good') ?? never()
    expect(goesOn('plain', 'browser', [{ browser: works }, {}])).toBe(true)
    expect(goesOn('plain', 'browser', [{}, {}])).toBe(false)
    expect(goesOn('plain', 'browser', [{ browser: afterWay(works, 'refused', 'blocked', 1) }])).toBe(false)
    expect(goesOn('plain', 'browser', [{ plain: went('refused', 'refused', 'refused') ?? never() }])).toBe(true)
    expect(goesOn('plain', undefined, [{}])).toBe(false)
  })

  it('there is always one to try, in the order of politeness', () => {
    const record = fc.record({
      refusals: fc.nat(9),
      restsUntil: fc.option(fc.nat(1000)),
      okAt: fc.option(fc.nat(1000)),
    })
    const records = fc.dictionary(
      fc.constantFrom(...WAYS),
      record.map((one) => ({ ...one, verdict: 'x', at: 0 })),
    )
    fc.assert(
      fc.property(fc.array(records, { maxLength: 2 }), fc.nat(1000), (known, now) => {
        const ways = waysToTry(WAYS, known, now)
        expect(ways.length).toBeGreaterThan(0)
        expect(ways).toEqual(WAYS.filter((way) => ways.includes(way)))
      }),
    )
  })
})

function never(): never {
  throw new Error('no record')
}
