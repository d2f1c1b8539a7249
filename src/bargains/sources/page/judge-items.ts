import type { Item, Rejected, Verdict } from '../source'

/** One advert, read or refused. `priceRead` is false where the page should say a price and does not. */
export type Reading = { readonly item: Item; readonly priceRead: boolean } | { readonly rejected: Rejected }

export type JudgedItems = {
  readonly verdict: Verdict
  readonly items: readonly Item[]
  readonly rejected: readonly Rejected[]
  readonly reason: string | null
}

/**
 * RULES "Reading a page": `changed` when a required field is missing in more than half of the adverts, and then no item is
 * given; `partial` when some are unreadable. `expected` is how many adverts the page itself says it holds.
 */
export function judgeItems(readings: readonly Reading[], expected: number | null = null): JudgedItems {
  const rejected = readings.flatMap((reading) => ('rejected' in reading ? [reading.rejected] : []))
  const read = readings.flatMap((reading) => ('item' in reading ? [reading] : []))
  const whole = read.filter((reading) => reading.priceRead).length
  const count = Math.max(readings.length, expected ?? 0)
  if (whole * 2 < count) return { verdict: 'changed', items: [], rejected, reason: whyChanged(rejected, whole, count) }
  const items = read.map((reading) => reading.item)
  const missing = rejected.length > 0 || readings.length < count
  const reason = missing ? `${count - items.length} of ${count} adverts unreadable` : null
  return { verdict: missing ? 'partial' : 'ok', items, rejected, reason }
}

function whyChanged(rejected: readonly Rejected[], whole: number, count: number): string {
  const why = rejected[0]?.reason ?? 'price or adverts missing'
  return `${count - whole} of ${count} adverts unreadable: ${why}`
}
