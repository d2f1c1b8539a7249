import type { Attribute, Item, Price, PriceKind } from '../sources/source'

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

export type OfferState = {
  readonly goneAt: Date | null
  readonly gonePendingAt: Date | null
  /** A moderator hides it since then. */
  readonly heldAt: Date | null
}

/** A site that says so of everything may be away: without another word of it two verdicts count after a day. */
const GONE_UNHEARD = 24 * 60 * MINUTE

/**
 * What an offer page said. `certain`: the page itself says that it is gone, not only its status. `unheard`: no search of
 * the site was read well since the first such answer.
 */
export type OfferWord =
  | { readonly state: 'open' }
  | { readonly state: 'held' }
  | { readonly state: 'unclear' }
  | { readonly state: 'gone'; readonly certain: boolean; readonly unheard?: boolean }

/**
 * The state after an offer page answered at `now`. `gone` closes the advert when the page itself says so, or after two such
 * answers at least 30 minutes apart, while the site is well; an open page reopens it; one that a moderator hides is neither open nor closed, and
 * takes an unconfirmed `gone` back; every other verdict changes nothing.
 */
export function afterOffer(state: OfferState, word: OfferWord, now: Date): OfferState {
  if (word.state === 'unclear') return state
  if (word.state === 'open') return { goneAt: null, gonePendingAt: null, heldAt: null }
  if (word.state === 'held') return { goneAt: state.goneAt, gonePendingAt: null, heldAt: state.heldAt ?? now }
  const pending = state.gonePendingAt ?? now
  const apart = word.unheard ? GONE_UNHEARD : GONE_APART
  const confirmed = word.certain || now.getTime() - pending.getTime() >= apart
  const goneAt = state.goneAt ?? (confirmed ? now : null)
  return { goneAt, gonePendingAt: pending, heldAt: goneAt === null ? state.heldAt : null }
}

/** The parts of an advert that a result page shows cut short. */
export type Shown = {
  readonly description: string | null
  readonly photos: readonly string[]
  readonly attributes: readonly Attribute[]
}

/**
 * What is known of an advert after a result page showed `shown`, where its own page once said `whole`: the beginning of a
 * description, fewer photos or fewer details are the same advert cut short, and no change.
 */
export function keepWhole(whole: Shown, shown: Shown): Shown {
  return {
    description: isBeginning(shown.description, whole.description) ? whole.description : shown.description,
    photos: shown.photos.length < whole.photos.length ? whole.photos : shown.photos,
    attributes: mergeAttributes(whole.attributes, shown.attributes),
  }
}

function isBeginning(shown: string | null, whole: string | null): boolean {
  if (shown === null || whole === null) return shown === null
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  return plain(whole).startsWith(
    plain(shown)
      .replace(/(…|\.\.\.)$/, '')
      .trimEnd(),
  )
}

function mergeAttributes(whole: readonly Attribute[], shown: readonly Attribute[]): readonly Attribute[] {
  const latest = new Map(shown.map((one) => [one.key, one]))
  const known = new Set(whole.map(({ key }) => key))
  return [...whole.map((one) => latest.get(one.key) ?? one), ...shown.filter(({ key }) => !known.has(key))]
}
