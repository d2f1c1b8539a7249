import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '@/kernel/dates'
import { RISK_HISTORIES } from './fixtures/risk-histories'
import { mayTellOfRisk, type RiskRule, type RiskState, riskOf } from './rules-at-risk'
import type { Pause } from './rules-rhythm'

const TODAY = '2026-11-22'
const ago = (days: number) => addDays(TODAY, -days)
const ORDER: readonly RiskState[] = ['new', 'fine', 'at_risk', 'lapsed']

type Giver = { gifts: readonly string[]; pledgeDays: number | null; pauses: readonly Pause[] }

/** The rollup of a giver's gifts, as the ledger keeps it. */
function riskFrom({ gifts, ...rest }: Giver, today: string, rule?: RiskRule) {
  const days = [...new Set(gifts)].sort()
  const gaps = days.slice(1).map((day, at) => daysBetween(days[at] ?? day, day))
  const middle = gaps.toSorted((a, b) => a - b)
  const medianGap =
    days.length < 3 ? null : ((middle[(gaps.length - 1) >> 1] ?? 0) + (middle[gaps.length >> 1] ?? 0)) / 2
  return riskOf({ giftDays: days.length, lastGift: days.at(-1) ?? null, medianGap, ...rest }, today, rule)
}

const histories = fc.record({
  gifts: fc.array(fc.integer({ min: 0, max: 2000 }).map(ago), { maxLength: 30 }),
  pledgeDays: fc.option(fc.constantFrom(7, 14, 31, 61, 92, 183, 365), { nil: null }),
  pauses: fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 200 }))
      .map(([from, long]) => ({ from: ago(from), to: addDays(ago(from), long) })),
    { maxLength: 3 },
  ),
})

describe('a donor at risk', () => {
  it.each(RISK_HISTORIES)('%s', (_name, gifts, pledgeDays, pauses, state, gapDays, basis, silentDays) => {
    const history: Giver = {
      gifts: gifts.map(ago),
      pledgeDays,
      pauses: pauses.map(([from, to]) => ({ from: ago(from), to: to === null ? null : ago(to) })),
    }
    expect(riskFrom(history, TODAY)).toMatchObject({ state, gapDays, basis, silentDays })
  })

  it('has fifty examples', () => expect(RISK_HISTORIES).toHaveLength(50))

  it('gives its reason: about every 31 days, 52 days silent', () => {
    const gifts = [ago(52), ago(83), ago(114), ago(145)]
    expect(riskFrom({ gifts, pledgeDays: null, pauses: [] }, TODAY)).toEqual({
      state: 'at_risk',
      gapDays: 31,
      basis: 'own',
      silentDays: 52,
      lastGift: ago(52),
    })
  })

  it('stays so until a gift comes, however time passes', () => {
    fc.assert(
      fc.property(histories, fc.nat(900), fc.nat(900), (history, first, more) => {
        const before = riskFrom(history, addDays(TODAY, first)).state
        const after = riskFrom(history, addDays(TODAY, first + more)).state
        expect(ORDER.indexOf(after)).toBeGreaterThanOrEqual(ORDER.indexOf(before))
      }),
    )
  })

  it('is never one who gave in the last 45 days: a gift ends it', () => {
    fc.assert(
      fc.property(histories, fc.nat(44), (history, days) => {
        const gifts = [...history.gifts, TODAY]
        expect(riskFrom({ ...history, gifts }, addDays(TODAY, days)).state).toBe('fine')
      }),
    )
  })

  it('is never raised by a gift on time, whatever the rhythm', () => {
    const gaps = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 2, max: 20 }), fc.nat(400), (gap, count, since) => {
        const gifts = Array.from({ length: count }, (_, at) => ago(at * gap))
        const onTime = riskFrom({ gifts, pledgeDays: null, pauses: [] }, addDays(TODAY, Math.min(since, gap))).state
        expect(onTime).toBe('fine')
      }),
    )
  })

  it('is not silent while a pause is agreed', () => {
    fc.assert(
      fc.property(histories, fc.nat(3000), (history, days) => {
        const paused = { ...history, pauses: [...history.pauses, { from: addDays(TODAY, 1), to: null }] }
        expect(riskFrom(paused, addDays(TODAY, days)).state).toBe(riskFrom(paused, TODAY).state)
      }),
    )
  })

  it('is told by the plain rule after 60 days, where that is the setting', () => {
    const yearly = { gifts: [ago(60), ago(425)], pledgeDays: null, pauses: [] }
    expect(riskFrom(yearly, TODAY, 'plain').state).toBe('at_risk')
    expect(riskFrom(yearly, ago(1), 'plain').state).toBe('fine')
    expect(riskFrom({ ...yearly, gifts: [ago(60)] }, TODAY, 'plain').state).toBe('fine')
  })
})

describe('who may be spoken of', () => {
  const donor = { status: 'donor', deceased: false, doNotContact: false, pledgeLate: false }

  it('is nobody deceased, declined, not to be contacted, or late with a pledge', () => {
    expect(mayTellOfRisk(donor)).toBe(true)
    const others = [{ status: 'declined' }, { deceased: true }, { doNotContact: true }, { pledgeLate: true }]
    expect(others.map((change) => mayTellOfRisk({ ...donor, ...change }))).toEqual([false, false, false, false])
  })
})
