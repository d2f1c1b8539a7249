import type { PlainDate } from '@/kernel/dates'
import { expectedGap, type GapBasis, type Pause, silentDays } from './rules-rhythm'

/** What is known of a donor's giving, as `contact_rollups` keeps it: gifts of one day count once. */
export type GivingHistory = {
  readonly giftDays: number
  readonly lastGift: PlainDate | null
  /** The middle of the days between gift days; null below three of those. */
  readonly medianGap: number | null
  /** Days of the shortest period among active pledges; null without one, or where it is irregular. */
  readonly pledgeDays: number | null
  /** Since when that pledge is paid so: before it nobody waited. Null or left out: for long. */
  readonly pledgeSince?: PlainDate | null
  readonly pauses: readonly Pause[]
}

export type RiskState = 'new' | 'fine' | 'at_risk' | 'lapsed'

/** What the sentence is made of: "gives about every 31 days, 52 days silent". */
export type Risk = {
  readonly state: RiskState
  readonly gapDays: number
  readonly basis: GapBasis
  /** Days since the last gift that no agreed pause excuses. */
  readonly silentDays: number
  readonly lastGift: PlainDate | null
}

/** The plain rule: who gave twice and is silent for 60 days, whatever their rhythm. A setting of the workspace. */
export type RiskRule = 'cadence' | 'plain'

const LEAST_SILENCE = 45
const LAPSED_SILENCE = 365
const ONE_TIME_LAPSE = 730
const PLAIN_SILENCE = 60

/**
 * Where a donor stands today: at risk when silent for more than 1.5 gaps and at least 45 days, lapsed when for more than
 * 2 gaps and at least 365 days. Who gave on one day only is never at risk, and lapses after 730 days. Source: RULES.
 */
export function riskOf(history: GivingHistory, today: PlainDate, rule: RiskRule = 'cadence'): Risk {
  const { giftDays, lastGift, medianGap, pledgeDays, pledgeSince, pauses } = history
  const gap = expectedGap(pledgeDays, medianGap)
  const silent = lastGift === null ? 0 : silentDays(lastGift, today, pauses)
  // A promise of today makes nobody late for what was not promised yesterday.
  const waited = pledgeSince ? Math.min(silent, silentDays(pledgeSince, today, pauses)) : silent
  const state = stateOf(giftDays, gap.days, rule === 'plain' ? silent : waited, rule)
  return { state, gapDays: Math.round(gap.days), basis: gap.basis, silentDays: silent, lastGift }
}

function stateOf(gifts: number, gap: number, silent: number, rule: RiskRule): RiskState {
  if (gifts === 0) return 'new'
  if (gifts === 1) return silent > ONE_TIME_LAPSE ? 'lapsed' : 'fine'
  if (silent > 2 * gap && silent >= LAPSED_SILENCE) return 'lapsed'
  if (rule === 'plain') return silent >= PLAIN_SILENCE ? 'at_risk' : 'fine'
  return silent > 1.5 * gap && silent >= LEAST_SILENCE ? 'at_risk' : 'fine'
}

/** Of whom nobody may be reminded, and of whom another signal speaks already. */
export type Telling = {
  readonly status: string
  readonly deceased: boolean
  readonly doNotContact: boolean
  readonly pledgeLate: boolean
}

/** Deceased, declined and do-not-contact are never told; a contact with a late pledge gets that one signal. */
export function mayTellOfRisk({ status, deceased, doNotContact, pledgeLate }: Telling): boolean {
  return status !== 'declined' && !deceased && !doNotContact && !pledgeLate
}
