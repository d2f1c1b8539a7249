import type { Drop } from '../prices/rules'
import type { ShownLadder } from '../prices/schema'
import type { PriceKind } from '../sources/source'

/** A price as signals keep it: minor units as text, for JSON has no bigint. */
export type PriceFacts = { readonly kind: PriceKind; readonly amount: string | null; readonly currency: string | null }

/** The facts of `listing.new`, `listing.price_drop` and `listing.reappeared`. Times are ISO. */
export type ListingFacts = {
  readonly watchName: string
  readonly source: string
  readonly title: string
  readonly url: string
  readonly photos: readonly string[]
  readonly price: PriceFacts
  readonly negotiable: boolean
  /** Of a drop: minor units in the price's currency. */
  readonly before: string | null
  readonly percent: number | null
  readonly newLowest: boolean
  readonly city: string | null
  readonly district: string | null
  readonly postedAt: string | null
  readonly seenAt: string
  /** How often it was listed, where it was before; signals of old have none. */
  readonly ladder?: ShownLadder
}

/** One line of a combined message. */
export type ListingLine = { readonly title: string; readonly url: string; readonly price: PriceFacts }

/** The facts of `listing.many`. */
export type ManyFacts = {
  readonly watchName: string
  readonly count: number
  readonly fresh: number
  readonly cheaper: number
  readonly again: number
  /** The cheapest first, at most five. */
  readonly lines: readonly ListingLine[]
  readonly photos: readonly string[]
  /** Found while the watch was paused. */
  readonly returning: boolean
}

/** The facts of `watch.baseline`. */
export type BaselineFacts = {
  readonly watchName: string
  readonly source: string
  readonly sourceName: string
  readonly url: string
  readonly count: number
  readonly cheapest: ListingLine | null
  readonly photos: readonly string[]
}

/** A listing as far as messages speak of it. */
export type Described = {
  readonly source: string
  readonly title: string
  readonly url: string
  readonly photos: readonly string[]
  readonly priceKind: PriceKind
  readonly amount: bigint | null
  readonly currency: string | null
  readonly negotiable: boolean
  readonly city: string | null
  readonly district: string | null
  readonly postedAt: Date | null
}

const MOST_PHOTOS = 4
const MOST_LINES = 5

export function listingFacts(watchName: string, listing: Described, drop: Drop | null, seenAt: Date): ListingFacts {
  const { source, title, url, photos, negotiable, city, district, postedAt } = listing
  return {
    watchName,
    source,
    title,
    url,
    photos: photos.slice(0, MOST_PHOTOS),
    price: priceFacts(listing),
    negotiable,
    before: drop?.before.amount.toString() ?? null,
    percent: drop?.percent ?? null,
    newLowest: drop?.lowest ?? false,
    city,
    district,
    postedAt: postedAt?.toISOString() ?? null,
    seenAt: seenAt.toISOString(),
  }
}

function priceFacts({ priceKind, amount, currency }: Described): PriceFacts {
  return { kind: priceKind, amount: amount?.toString() ?? null, currency }
}

export function listingLine(listing: Described): ListingLine {
  return { title: listing.title, url: listing.url, price: priceFacts(listing) }
}

/**
 * Cheapest first. Amounts of different currencies are not compared: those of the currency that most have come first, then
 * the others by their codes; what has no figure comes last.
 */
export function cheapestFirst<T extends Pick<Described, 'amount' | 'currency'>>(listings: readonly T[]): readonly T[] {
  const [leading] = currenciesOf(listings)
  const rank = ({ amount, currency }: T) => (amount === null ? 2 : Number(currency !== leading))
  const code = ({ amount, currency }: T) => (amount === null ? '' : (currency ?? ''))
  return [...listings].sort(
    (a, b) => rank(a) - rank(b) || compare(code(a), code(b)) || compare(a.amount ?? 0n, b.amount ?? 0n),
  )
}

/** Of those with a figure, the most frequent first. */
function currenciesOf(listings: readonly Pick<Described, 'amount' | 'currency'>[]): readonly (string | null)[] {
  const groups = Map.groupBy(
    listings.filter(({ amount }) => amount !== null),
    ({ currency }) => currency,
  )
  const counted = [...groups].map(([currency, all]) => ({ currency, count: all.length }))
  counted.sort((a, b) => b.count - a.count || compare(a.currency ?? '', b.currency ?? ''))
  return counted.map(({ currency }) => currency)
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return Number(a > b) - Number(a < b)
}

export function linesOf(listings: readonly Described[]): Pick<ManyFacts, 'lines' | 'photos'> {
  const first = cheapestFirst(listings).slice(0, MOST_LINES)
  return {
    lines: first.map(listingLine),
    photos: first.flatMap((listing) => listing.photos.slice(0, 1)).slice(0, MOST_PHOTOS),
  }
}
