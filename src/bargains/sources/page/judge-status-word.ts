const CLOSED = /^(removed|outdated|closed|sold|finished|expired|archiv|deactivat|disabled)/
const HELD = /^(moderat|limited|unconfirmed|blocked|pending|verif)/

/** What OLX Group's word for an advert's status means: `gone`, `held`, or null for a word that is not known. */
export function judgeStatusWord(status: string): 'gone' | 'held' | null {
  return CLOSED.test(status) ? 'gone' : HELD.test(status) ? 'held' : null
}
