/** An event that comes to a debounce. `at` orders events, `id` those of one moment. */
export type Arrival = { readonly id: string | null; readonly payload: string; readonly at: number }

/** A debounce that waits. Times in milliseconds. */
export type Held = { readonly last: Arrival; readonly events: number; readonly firstAt: number; readonly dueAt: number }

export type Quiet = { readonly periodMs: number; readonly timeoutMs: number | null }

/**
 * What a debounce holds after one more event: the later of the two events, due a period from now, but never later than
 * `timeoutMs` after its first. `loser` is the event that begins no run.
 */
export function hold(
  quiet: Quiet,
  held: Held | null,
  arrival: Arrival,
  now: number,
): { held: Held; loser: Arrival | null } {
  const firstAt = held?.firstAt ?? now
  const dueAt = Math.min(now + quiet.periodMs, firstAt + (quiet.timeoutMs ?? Number.POSITIVE_INFINITY))
  if (!held) return { held: { last: arrival, events: 1, firstAt, dueAt }, loser: null }
  const [loser, last] = isLater(arrival, held.last) ? [held.last, arrival] : [arrival, held.last]
  return { held: { last, events: held.events + 1, firstAt, dueAt }, loser }
}

/** Two engines may bring events in another order than they came. */
function isLater(a: Arrival, b: Arrival): boolean {
  return a.at === b.at ? (a.id ?? '') > (b.id ?? '') : a.at > b.at
}
