import { truncate } from '@/kernel/text'
import type { Item, Rejected, Verdict } from '../source'

/** One advert, read or refused. `priceRead` is false where the page should say a price and does not. */
export type Reading = { readonly item: Item; readonly priceRead: boolean } | { readonly rejected: Rejected }

export type JudgedItems = {
  readonly verdict: Verdict
  readonly items: readonly Item[]
  readonly rejected: readonly Rejected[]
  readonly reason: string | null
}

/** Far more than any site shows on a page; beyond that it is no page of adverts, and not worth the memory. */
const MOST_ADVERTS = 1_000

/** Reads and judges the adverts of a list, as `judgeItems` does. */
export function judgeList<Advert>(
  adverts: readonly Advert[],
  read: (advert: Advert, place: number) => Reading,
  expected: number | null = null,
): JudgedItems {
  if (adverts.length <= MOST_ADVERTS) return judgeItems(adverts.map(read), expected)
  return { verdict: 'changed', items: [], rejected: [], reason: `${adverts.length} adverts, more than a page holds` }
}

/** The places of a list that the site's own index names; null where it has none. */
export function placeSet(places: readonly unknown[] | null): ReadonlySet<unknown> | null {
  return places && new Set(places)
}

/** An empty list is the site's "nothing found" only where the site itself counts nothing. */
export function whyNoAdverts(total: number | null): string {
  return `${total ?? 'no number of'} adverts counted, none in the list`
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
  const items = read.map((reading) => bound(reading.item))
  const missing = rejected.length > 0 || readings.length < count
  const reason = missing ? `${count - items.length} of ${count} adverts unreadable` : null
  return { verdict: missing ? 'partial' : 'ok', items, rejected, reason }
}

/** Every scan stores what it read: one advert of megabytes must not fill the database. */
function bound(item: Item): Item {
  return {
    ...item,
    title: truncate(item.title, 20_000),
    description: item.description === null ? null : truncate(item.description, 50_000),
    photos: item.photos.slice(0, 100),
    attributes: item.attributes.slice(0, 200),
  }
}

function whyChanged(rejected: readonly Rejected[], whole: number, count: number): string {
  const why = rejected[0]?.reason ?? 'price or adverts missing'
  return `${count - whole} of ${count} adverts unreadable: ${why}`
}
