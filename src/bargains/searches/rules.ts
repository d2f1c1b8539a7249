import type { Verdict } from '../sources/source'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MOST_BACKOFF = 6 * HOUR
const LEAST_BLOCKED = HOUR
const JITTER = 0.1

/** What a try to read a search brought: a page's verdict, or robots.txt forbids the page, so that nothing was asked. */
export type ReadVerdict = Verdict | 'forbidden'

export type Outcome = {
  readonly verdict: ReadVerdict
  /** Bad reads in a row, this one included; 0 after a good one. */
  readonly failures: number
  /** Seconds that the site asked to wait. */
  readonly retryAfter: number | null
}

export type GoodVerdict = 'ok' | 'empty' | 'partial'

/** Verdicts after which a search is well: the site answered what was asked. */
export function isGood(verdict: ReadVerdict): verdict is GoodVerdict {
  return verdict === 'ok' || verdict === 'empty' || verdict === 'partial'
}

/**
 * When a search is due again. `intervals` are those of its active watches in minutes: the shortest counts, and without
 * any the search is parked (null). `random` is in [0, 1). RULES "Schedule": ±10 % jitter, failures back off ×2 up to
 * 6 h, `blocked` waits at least 1 h, and what the site asked for is kept.
 */
export function nextDue(intervals: readonly number[], outcome: Outcome, now: Date, random: number): Date | null {
  if (intervals.length === 0) return null
  const interval = Math.min(...intervals) * MINUTE
  const wait = Math.max(jittered(backedOff(interval, outcome), random), leastWait(outcome))
  return new Date(now.getTime() + Math.round(wait))
}

function jittered(milliseconds: number, random: number): number {
  return milliseconds * (1 - JITTER + 2 * JITTER * random)
}

function backedOff(interval: number, { failures }: Outcome): number {
  return Math.max(interval, Math.min(interval * 2 ** failures, MOST_BACKOFF))
}

function leastWait({ verdict, retryAfter }: Outcome): number {
  const asked = (retryAfter ?? 0) * 1000
  if (verdict === 'gone' || verdict === 'forbidden') return Math.max(asked, MOST_BACKOFF)
  return verdict === 'blocked' && retryAfter === null ? LEAST_BLOCKED : asked
}
