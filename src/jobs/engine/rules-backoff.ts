const SECOND = 1000
const MINUTE = 60 * SECOND

/** Inngest's own table (inngest/inngest, pkg/backoff), so that a change of engine changes no timing. */
const TABLE = [15 * SECOND, 30 * SECOND, ...[1, 2, 5, 10, 20, 40, 60, 120].map((minutes) => minutes * MINUTE)]
const LONGEST = 120 * MINUTE
const MOST_JITTER = 30 * SECOND

/** Milliseconds to wait after the failed try number `attempt` (0 is the first); `random` is in [0, 1). */
export type Backoff = (attempt: number, random: number) => number

/** 15 s, 30 s, 1, 2, 5, 10, 20, 40 minutes, 1 h, then 2 h; each with up to 30 s of jitter, but never more than its own length. */
export const defaultBackoff: Backoff = (attempt, random) => {
  const delay = TABLE[attempt] ?? LONGEST
  return Math.round(delay + random * Math.min(delay, MOST_JITTER))
}
