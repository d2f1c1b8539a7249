/** What is known of a host between requests. Times are epoch milliseconds. */
export type HostState = {
  /** Most requests in any minute. */
  readonly perMinute: number
  /** When the last requests were made. */
  readonly recent: readonly number[]
  readonly busyUntil: number | null
  readonly closedUntil: number | null
  readonly failures: number
  /** Least milliseconds between two requests, by the host's robots.txt; 0: none. */
  readonly paceMs: number
  /** When the last request was made. */
  readonly lastAt: number | null
}

/**
 * `busy`: a request is under way; `full`: the minute is used up; `paced`: the host wants more time between two requests;
 * `closed`: asked to wait, or the breaker is open.
 */
export type Slot =
  | { readonly kind: 'free' }
  | { readonly kind: 'wait'; readonly until: number; readonly why: WaitReason }
export type WaitReason = 'busy' | 'full' | 'paced' | 'closed'

export type RequestOutcome =
  | { readonly kind: 'ok' }
  /** The host failed or refused. `retryAfter`: seconds, where it said so. */
  | { readonly kind: 'bad'; readonly retryAfter: number | null }

const MINUTE = 60_000
/** A request may reach the host later than we noted it; a second keeps its own minute within the budget too. */
export const WINDOW = MINUTE + 1_000
/** Longer than any request may take: a process that died holds the host no longer. */
export const LONGEST_REQUEST = 20_000
export const BREAKER_AFTER = 5
const BREAKER_FIRST = 5 * MINUTE
const BREAKER_MOST = 60 * MINUTE

/** Whether a request may be made at `now`, else when to ask again. RULES "Schedule": one at a time, 20 a minute. */
export function decideSlot(state: HostState, now: number): Slot {
  if (state.closedUntil !== null && state.closedUntil > now) return wait(state.closedUntil, 'closed')
  if (state.busyUntil !== null && state.busyUntil > now) return wait(state.busyUntil, 'busy')
  const within = withinWindow(state.recent, now)
  const blocking = within.at(-state.perMinute)
  if (blocking !== undefined) return wait(blocking + WINDOW, 'full')
  const paced = state.lastAt === null ? 0 : state.lastAt + state.paceMs
  return state.paceMs > 0 && paced > now ? wait(paced, 'paced') : { kind: 'free' }
}

function wait(until: number, why: WaitReason): Slot {
  return { kind: 'wait', until, why }
}

/** The moments of `recent` that still count, oldest first. */
export function withinWindow(recent: readonly number[], now: number): readonly number[] {
  return recent.filter((at) => at > now - WINDOW).sort((a, b) => a - b)
}

/** How much longer the host is held than a request may take: its answer has to be judged too. */
const MARGIN = 5_000

/** The state while a request is under way that takes at most `longestMs`. */
export function afterTaking(state: HostState, now: number, longestMs = LONGEST_REQUEST - MARGIN): HostState {
  const recent = [...withinWindow(state.recent, now), now]
  return { ...state, recent, busyUntil: now + longestMs + MARGIN, lastAt: now }
}

/** The state after a request. Each redirect was a request too. Five failures in a row open the breaker. */
export function afterRequest(state: HostState, outcome: RequestOutcome, redirects: number, now: number): HostState {
  const recent = [...withinWindow(state.recent, now), ...Array<number>(redirects).fill(now)]
  const idle = { ...state, recent, busyUntil: null }
  if (outcome.kind === 'ok') return { ...idle, failures: 0, closedUntil: null }
  const failures = state.failures + 1
  const asked = outcome.retryAfter === null ? 0 : now + outcome.retryAfter * 1000
  const closedUntil = Math.max(asked, breakerUntil(failures, now), state.closedUntil ?? 0)
  return { ...idle, failures, closedUntil: closedUntil > now ? closedUntil : null }
}

/** Five minutes after the fifth failure in a row, twice as long after each further one, at most an hour. */
function breakerUntil(failures: number, now: number): number {
  if (failures < BREAKER_AFTER) return 0
  return now + Math.min(BREAKER_FIRST * 2 ** (failures - BREAKER_AFTER), BREAKER_MOST)
}

const DAY_SECONDS = 86_400

/** Seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date), at most a day; null when unread. */
export function retryAfterSeconds(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const text = header.trim()
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000)
  if (Number.isNaN(seconds)) return null
  return Math.min(Math.max(seconds, 0), DAY_SECONDS)
}
