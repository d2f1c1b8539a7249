/** How one way to a page went. Moments are epoch milliseconds. */
export type WayRecord = {
  /** Reads in a row that did not get through. */
  readonly refusals: number
  /** Let alone until then; null: it may be used. */
  readonly restsUntil: number | null
  /** When it last brought a good page; null: never. */
  readonly okAt: number | null
  /** What it brought last, and when. */
  readonly verdict: string
  readonly at: number
}

export type WayRecords = Readonly<Record<string, WayRecord>>

/**
 * Refusals in a row after which a way is let alone: one may be an accident, and with the hour that a refusal waits, three
 * are an afternoon of being told no.
 */
export const REFUSALS_BEFORE_NEXT = 3
/** A way that was given up is tried again once a day: the politest that works is what we want. */
const RESTS = 24 * 60 * 60_000

/** What a read says of its way: it got through, it was refused, or neither (a network that failed says nothing). */
export type WayOutcome = 'good' | 'refused' | 'unclear'

/** The record of a way after a read at `now`. */
export function afterWay(before: WayRecord | undefined, outcome: WayOutcome, verdict: string, now: number): WayRecord {
  const okAt = before?.okAt ?? null
  if (outcome === 'good') return { refusals: 0, restsUntil: null, okAt: now, verdict, at: now }
  const refusals = (before?.refusals ?? 0) + (outcome === 'refused' ? 1 : 0)
  const rests = outcome === 'refused' && refusals >= REFUSALS_BEFORE_NEXT ? now + RESTS : (before?.restsUntil ?? null)
  return { refusals, restsUntil: rests, okAt, verdict, at: now }
}

/**
 * The ways to try now, in the order of `ways` (the politest first): those that no record lets alone. All are let alone →
 * the one that is free first, so that a search never ends for good. `records`: the search's own, and its host's.
 */
export function waysToTry<Way extends string>(
  ways: readonly Way[],
  records: readonly WayRecords[],
  now: number,
): readonly Way[] {
  const free = ways.filter((way) => restsUntil(way, records) <= now)
  if (free.length > 0) return free
  return ways.toSorted((a, b) => restsUntil(a, records) - restsUntil(b, records)).slice(0, 1)
}

function restsUntil(way: string, records: readonly WayRecords[]): number {
  return Math.max(0, ...records.map((record) => record[way]?.restsUntil ?? 0))
}

/**
 * Whether a refused read by `way` goes on by the next one at once: that one brought the last good page, or this was only
 * the daily try of a way that was given up. Else the owner would hear of a refusal that costs them nothing.
 */
export function goesOn(way: string, next: string | undefined, records: readonly WayRecords[]): boolean {
  if (next === undefined) return false
  return records.some((record) => works(record[next]) || (record[way]?.refusals ?? 0) >= REFUSALS_BEFORE_NEXT)
}

function works(record: WayRecord | undefined): boolean {
  return record !== undefined && record.okAt !== null && record.refusals === 0
}
