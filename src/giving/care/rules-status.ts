import type { RiskState } from './rules-at-risk'

/** As in `contacts/rules`: prospect → asked → donor → lapsed, declined. */
type Status = 'prospect' | 'asked' | 'donor' | 'lapsed' | 'declined'

/** A change that the rule makes, by the name under which it is logged. */
export type StatusChange = {
  readonly status: Status
  readonly event: 'became_donor' | 'recovered' | 'lapsed' | 'no_gifts'
}

/** A gift makes a donor of anyone; of a lapsed one it is a recovery. Null: nothing changes. */
export function statusAfterGift(status: Status): StatusChange | null {
  if (status === 'donor') return null
  return { status: 'donor', event: status === 'lapsed' ? 'recovered' : 'became_donor' }
}

/** What the daily check makes of a donor, and of one whom a corrected ledger shows to give again. */
export function statusByRisk(status: Status, risk: RiskState): StatusChange | null {
  if (status === 'donor' && risk === 'lapsed') return { status: 'lapsed', event: 'lapsed' }
  if (status === 'donor' && risk === 'new') return { status: 'prospect', event: 'no_gifts' }
  if (status === 'lapsed' && (risk === 'fine' || risk === 'at_risk')) return { status: 'donor', event: 'recovered' }
  return null
}
