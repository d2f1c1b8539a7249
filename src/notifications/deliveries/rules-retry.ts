/** Seconds between a try and the next one: 8 tries over about 6 hours. */
const GAPS = [10, 30, 120, 480, 1800, 4800, 14_400] as const

const JITTER = 0.2
/** News that waited for a day is no news: a provider that keeps asking to wait is given up then. */
const OLDEST_SECONDS = 86_400

export type Tried = {
  /** Tries so far, the failed one among them. */
  readonly attempts: number
  /** Since the delivery was written. */
  readonly ageSeconds: number
  /** What the provider asked for; such a refusal is its pace, not a failure. */
  readonly retryAfter?: number
  /** 0 ≤ random < 1. */
  readonly random: number
}

/**
 * Seconds until the next try, or null when there is none. Gaps grow to 4 hours with ±20 % jitter, so that messages which
 * failed together do not come back together; never before `retryAfter`.
 */
export function secondsToNextTry({ attempts, ageSeconds, retryAfter, random }: Tried): number | null {
  if (ageSeconds >= OLDEST_SECONDS) return null
  if (retryAfter !== undefined) return retryAfter + random
  const gap = GAPS[attempts - 1]
  return gap === undefined ? null : gap * (1 + JITTER * (2 * random - 1))
}
