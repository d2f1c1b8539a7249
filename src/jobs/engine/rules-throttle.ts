/** How often something may happen: once an interval, and `capacity` times at once after a time of rest. */
export type Rate = { readonly intervalMs: number; readonly capacity: number }

/** `tat` is to be kept for the next question; `at` is when it would be admitted, if nobody comes before. */
export type Verdict =
  | { readonly admitted: true; readonly tat: number }
  | { readonly admitted: false; readonly at: number }

/**
 * A throttle's rate: `limit` + `burst` begin at once after a time of rest, then one every period / limit (Inngest,
 * "Throttling", and its acquire.lua; docs/decisions/010). The default burst is 1.
 */
export function throttleRate(limit: number, periodMs: number, burst = 1): Rate {
  return { intervalMs: periodMs / limit, capacity: limit + burst }
}

/** A rate limit's rate: one every period / limit, and a tenth of the limit more at once (Inngest, pkg/execution/ratelimit). */
export function hardRate(limit: number, periodMs: number): Rate {
  return { intervalMs: periodMs / limit, capacity: Math.floor(limit / 10) + 1 }
}

/**
 * The generic cell rate algorithm. `tat`, the theoretical arrival time, is when all that was admitted would be used up at
 * an even pace; null for none. Times in milliseconds.
 */
export function admit(rate: Rate, tat: number | null, now: number): Verdict {
  const at = admittedAt(rate, tat ?? now, now)
  return at <= now ? { admitted: true, tat: Math.max(tat ?? now, now) + rate.intervalMs } : { admitted: false, at }
}

/** When the next one is admitted after `tat`; `now` where it is already. */
export function admittedAt({ intervalMs, capacity }: Rate, tat: number, now: number): number {
  return Math.max(now, tat - intervalMs * (capacity - 1))
}
