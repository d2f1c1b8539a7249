import type { ContactStatus } from '../contacts/rules'
import type { RiskState } from './rules-at-risk'

/**
 * What the daily check makes of a donor who lapsed, and of one whom a corrected ledger shows to give again. Null: nothing.
 * That a gift makes a donor of anyone is the gift's own doing.
 */
export function statusByRisk(status: ContactStatus, risk: RiskState): ContactStatus | null {
  if (status === 'donor' && risk === 'lapsed') return 'lapsed'
  return status === 'lapsed' && (risk === 'fine' || risk === 'at_risk') ? 'donor' : null
}
