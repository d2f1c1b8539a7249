import { type Random, randomOf } from '../../random.ts'
import type { MonthSize, PlannedSearch } from './searches.ts'

/** What happens to each advert of a simulated month. Times are milliseconds from the month's beginning. */

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** What happens to an advert at a moment; prices in złoty or euro, as the site has them. */
export type Deed =
  | { readonly at: number; readonly kind: 'publish'; readonly price: number }
  | { readonly at: number; readonly kind: 'reprice'; readonly price: number }
  | { readonly at: number; readonly kind: 'bump' | 'promote' | 'remove' | 'restore' | 'hold' }
  /** The same thing under another id; this one is removed. */
  | { readonly at: number; readonly kind: 'repost'; readonly price: number; readonly as: number }

export type PlannedAdvert = {
  readonly n: number
  readonly search: number
  readonly title: string
  /** There before the month begins. */
  readonly seeded: boolean
  /** The advert that it lists again. */
  readonly repostOf: number | null
  readonly deeds: readonly Deed[]
}

/**
 * How long what happens to one advert must stand to be seen for certain: a search that is not read while its host is away
 * is read again after its backoff; an advert below the first page is asked once a day, and a day later where its host
 * was away just then.
 */
export function gapOf(search: PlannedSearch): number {
  return search.deep ? 84 * HOUR : ((2.2 * search.minutes) / 60) * HOUR + 17 * HOUR
}

/** Nothing new happens after it, so that the rest of the month finds what there was. */
export function lastNewsOf(size: MonthSize, search: PlannedSearch): number {
  return size.days * DAY - Math.max(gapOf(search), 40 * HOUR)
}

/** An advert that is gone is asked after a day, twice where only the status says so, and a day later where that failed. */
export const GONE_GAP = 84 * HOUR

export function planAdverts(size: MonthSize, searches: readonly PlannedSearch[]): readonly PlannedAdvert[] {
  const adverts: PlannedAdvert[] = []
  const wide = searches.filter((search) => search.within === null)
  const busy = wide.filter((search) => search.busy)
  const inBusy = busy.length === 0 ? 0 : Math.round(size.adverts * size.busyShare)
  for (const [group, total] of [
    [busy, inBusy],
    [wide.filter((one) => !one.busy), size.adverts - inBusy],
  ] as const)
    group.forEach((search, n) => {
      const count = Math.floor(((n + 1) * total) / group.length) - Math.floor((n * total) / group.length)
      adverts.push(...livesOf(size, search, count, adverts.length))
    })
  return adverts
}

/** These of each search stay for the whole month, so that it is never empty. */
const STAYING = 3

function livesOf(size: MonthSize, search: PlannedSearch, count: number, first: number): readonly PlannedAdvert[] {
  const adverts: PlannedAdvert[] = []
  while (adverts.length < count) {
    const [n, place] = [first + adverts.length, adverts.length]
    const random = randomOf(`${size.seed}/month/${search.n}/${place}`)
    const terms = { size, search, random, relists: place + 1 < count }
    const advert = lifeOf(terms, n, place < STAYING)
    adverts.push(advert)
    const last = advert.deeds.at(-1)
    if (last?.kind === 'repost') adverts.push(relisted(terms, advert, last))
  }
  return adverts
}

type Terms = {
  readonly size: MonthSize
  readonly search: PlannedSearch
  readonly random: Random
  /** There is room for another advert. */
  readonly relists: boolean
}

function lifeOf(terms: Terms, n: number, stays: boolean): PlannedAdvert {
  const { size, search, random } = terms
  const life = search.busy ? size.days * 0.23 * DAY : size.days * 0.1 * DAY
  const last = lastNewsOf(size, search)
  const start = stays ? -1 : Math.round(-life + random.next() * (last + life))
  const seeded = start < HOUR
  const price = 10 * random.int(8, 150)
  const published = { at: seeded ? -random.int(1, 20) * DAY : start, kind: 'publish' as const, price }
  const from = Math.max(start, 0)
  const end = stays ? Number.POSITIVE_INFINITY : start + gapOf(search) - Math.log(1 - random.next()) * life
  const deeds: Deed[] = [published, ...changes(terms, from, Math.min(end, last), price)]
  if (end < size.days * DAY - GONE_GAP && end > HOUR) deeds.push(...endOf(terms, n, Math.round(end), deeds))
  return { n, search: search.n, title: titleOf(search, random), seeded, repostOf: null, deeds }
}

/** The same thing listed again: it stays, with changes of its price. */
function relisted(terms: Terms, old: PlannedAdvert, { at, price }: Extract<Deed, { kind: 'repost' }>): PlannedAdvert {
  const { size, search } = terms
  const deeds = [{ at, kind: 'publish' as const, price }, ...changes(terms, at, lastNewsOf(size, search), price)]
  return { n: old.n + 1, search: search.n, title: old.title, seeded: false, repostOf: old.n, deeds }
}

/** Changes of the price, each seen before the next; bumps in between, which nobody is told of. */
function changes({ search, random }: Terms, from: number, until: number, first: number): readonly Deed[] {
  const gap = gapOf(search)
  const deeds: Deed[] = []
  const prices = [first]
  for (let at = from + gap; at < until; at += gap * (1 + random.next() * 2)) {
    const price = random.chance(0.75) ? nextPrice(prices, random) : null
    if (price !== null) deeds.push({ at: Math.round(at), kind: 'reprice', price })
    if (price !== null) prices.push(price)
    if (random.chance(0.4)) deeds.push({ at: Math.round(at + random.next() * gap * 0.9), kind: 'bump' })
    if (random.chance(0.03)) deeds.push({ at: Math.round(at + gap / 2), kind: 'promote' })
  }
  return deeds.filter((deed) => deed.at < until)
}

/** A drop, a small one, a rise, or the level before the last change; never the same price. */
function nextPrice(prices: readonly number[], random: Random): number | null {
  const now = prices.at(-1) ?? 0
  const roll = random.next()
  const percent = roll < 0.5 ? -random.int(7, 40) : roll < 0.6 ? -random.int(1, 4) : random.int(4, 25)
  const back = prices.at(-2)
  const price = roll > 0.85 && back !== undefined ? back : Math.round((now * (100 + percent)) / 100)
  return price === now || price < 10 ? null : price
}

/** How it ends: gone, back after days, hidden for a day (OLX says so), or listed again under another id. */
function endOf(
  { size, search, random, relists }: Terms,
  n: number,
  wanted: number,
  deeds: readonly Deed[],
): readonly Deed[] {
  const at = Math.max(wanted, Math.max(0, ...deeds.map((deed) => deed.at)) + gapOf(search))
  if (at > size.days * DAY - GONE_GAP) return []
  const roll = random.next()
  const last = lastNewsOf(size, search)
  if (roll < 0.15 && relists && at < last) {
    const { price } = deeds.findLast((deed) => deed.kind === 'reprice' || deed.kind === 'publish') as { price: number }
    return [{ at, kind: 'repost', price: Math.round((price * random.int(85, 110)) / 100), as: n + 1 }]
  }
  const back = at + GONE_GAP + Math.round(random.next() * 3 * DAY)
  if (roll < 0.3 && !search.deep && back < last)
    return [
      { at, kind: 'remove' },
      { at: back, kind: 'restore' },
    ]
  if (roll < 0.35 && search.site === 'olx')
    return [
      { at, kind: 'hold' },
      { at: at + DAY, kind: 'restore' },
    ]
  return [{ at, kind: 'remove' }]
}

const SYLLABLES = [...'bcdfghjklmnprstwz'].flatMap((one) => [...'aeiouy'].map((other) => one + other))

/** Three made-up words of its own: only a repost has a title like another's. */
function titleOf({ word }: PlannedSearch, random: Random): string {
  const made = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => random.pick(SYLLABLES)).join(''))
  return [word, ...made].join(' ')
}
