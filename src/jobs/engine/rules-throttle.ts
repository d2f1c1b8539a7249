/** How often something may happen: once an interval, and `capacity` times at once after a time of rest. */
export type Rate = { readonly intervalMs: number; readonly capacity: number }

/** `tat` is to be kept for the next question; `at` is when it would be admitted, if nobody comes before. */
export type Verdict =
  | { readonly admitted: true; readonly tat: number }
  | { readonly admitted: false; readonly at: number }

/**
 * A throttle's rate: within a period at most `limit + burst` begin, `burst + 1` of them at once, the others evenly spaced
 * (Inngest, "Throttling" and its gcra.lua). The SDK's default burst is 1.
 */
export function throttleRate(limit: number, periodMs: number, burst = 1): Rate {
  return { intervalMs: periodMs / limit, capacity: burst + 1 }
}

/** A rate limit's rate: Inngest takes a tenth of the limit as its burst (pkg/execution/ratelimit). */
export function hardRate(limit: number, periodMs: number): Rate {
  return throttleRate(limit, periodMs, Math.floor(limit / 10))
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
