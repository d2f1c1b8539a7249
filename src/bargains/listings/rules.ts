import type { Item, Price, PriceKind } from '../sources/source'

/** A listing as it was stored last, as far as a new look at it asks. */
export type StoredListing = {
  readonly title: string
  readonly description: string | null
  readonly priceKind: PriceKind
  readonly amount: bigint | null
  readonly currency: string | null
  readonly city: string | null
  readonly district: string | null
  readonly region: string | null
  readonly sellerName: string | null
  readonly goneAt: Date | null
}

export type Judged = {
  /** No search has shown it before. */
  readonly isNew: boolean
  /** Its price or state is worth an observation. */
  readonly observed: boolean
  readonly priceChanged: boolean
  /** Something that filters ask for is different. */
  readonly contentChanged: boolean
  readonly reappeared: boolean
}

/** What an advert on a page is, against what is stored. */
export function judgeItem(stored: StoredListing | undefined, item: Item): Judged {
  if (!stored) return { isNew: true, observed: true, priceChanged: false, contentChanged: false, reappeared: false }
  const priceChanged = differs(stored, item.price)
  const reappeared = stored.goneAt !== null
  const contentChanged = priceChanged || wordsChanged(stored, item)
  return { isNew: false, observed: priceChanged || reappeared, priceChanged, contentChanged, reappeared }
}

/** A price that could not be read says nothing: the last known one stands. */
function differs(stored: StoredListing, price: Price): boolean {
  if (price.kind === 'unknown') return false
  return price.kind !== stored.priceKind || price.amount !== stored.amount || price.currency !== stored.currency
}

/** What a page leaves out (null) is no change: the offer page, or another search, may have shown it. */
function wordsChanged(stored: StoredListing, item: Item): boolean {
  const { city = null, district = null, region = null } = item.place ?? {}
  const pairs: readonly (readonly [string | null, string | null])[] = [
    [item.title, stored.title],
    [item.description, stored.description],
    [city, stored.city],
    [district, stored.district],
    [region, stored.region],
    [item.seller.name, stored.sellerName],
  ]
  return pairs.some(([shown, kept]) => shown !== null && shown !== kept)
}

export const MOST_PAGES = 5

export type PageRead = { readonly items: readonly Item[]; readonly next: string | null }

/** `reached`: known ground, or the end of the search; `limit`: five pages were read. */
export type Paging = 'more' | 'reached' | 'limit'

/**
 * Whether to ask for the next page. RULES "Novelty": a search is paged until a page holds an organic advert that is
 * known; promoted ones stand out of order, and an advert that does not say is taken as organic.
 */
export function decidePaging(page: PageRead, known: ReadonlySet<string>, pagesRead: number): Paging {
  const meetsKnown = page.items.some((item) => item.promoted !== true && known.has(item.externalId))
  if (meetsKnown || page.next === null || page.items.length === 0) return 'reached'
  return pagesRead >= MOST_PAGES ? 'limit' : 'more'
}

const MINUTE = 60_000
/** RULES "Gone and back": two verdicts, at least this far apart. */
const GONE_APART = 30 * MINUTE

export type GoneState = { readonly goneAt: Date | null; readonly gonePendingAt: Date | null }

/**
 * The state after an offer page answered at `now`. `gone` closes the advert when the page itself says so (`certain`), or
 * after two such answers at least 30 minutes apart; an open page reopens it; every other verdict changes nothing.
 */
export function afterOffer(
  state: GoneState,
  answer: 'open' | 'gone' | 'unclear',
  certain: boolean,
  now: Date,
): GoneState {
  if (answer === 'unclear') return state
  if (answer === 'open') return { goneAt: null, gonePendingAt: null }
  const pending = state.gonePendingAt ?? now
  const confirmed = certain || now.getTime() - pending.getTime() >= GONE_APART
  return { goneAt: state.goneAt ?? (confirmed ? now : null), gonePendingAt: pending }
}
