/**
 * The contract of a marketplace. A source only reads: bytes and a URL in, a judged page out. No I/O, no clock.
 * Registered in `registry.ts`; one contract test loops over the registry and every capture.
 */

export type PageKind = 'result' | 'offer' | 'feed' | 'api'

/** RULES "Reading a page". `failed` is the transport's word (network, 5xx, too large, timeout), never a parser's. */
export type Verdict = 'ok' | 'empty' | 'blocked' | 'changed' | 'held' | 'partial' | 'gone' | 'failed'

export type PriceKind = 'fixed' | 'free' | 'exchange' | 'on_request' | 'unknown'

export type Price = {
  readonly kind: PriceKind
  /** Minor units; null unless `fixed`. Never 0 for a price that could not be read. */
  readonly amount: bigint | null
  /** ISO 4217; null unless `fixed`. */
  readonly currency: string | null
  readonly negotiable: boolean
}

export type SellerKind = 'private' | 'business' | 'unknown'

export type Attribute = { readonly key: string; readonly label: string; readonly value: string }

/** One advert as a page shows it. Times are ISO 8601 in UTC; what the page does not say is null, never guessed. */
export type Item = {
  /** The source's own id. With the source it is the listing's identity. */
  readonly externalId: string
  /** Canonical: no query, no fragment. */
  readonly url: string
  readonly title: string
  /** Plain text. */
  readonly description: string | null
  readonly price: Price
  readonly seller: { readonly kind: SellerKind; readonly id: string | null; readonly name: string | null }
  readonly promoted: boolean | null
  readonly place: {
    readonly city: string | null
    readonly district: string | null
    readonly region: string | null
  } | null
  readonly coordinates: { readonly lat: number; readonly lon: number; readonly exact: boolean } | null
  /** Absolute URLs, the first is the cover. */
  readonly photos: readonly string[]
  readonly postedAt: string | null
  readonly refreshedAt: string | null
  readonly attributes: readonly Attribute[]
}

export type Rejected = { readonly reason: string; readonly externalId: string | null }

export type ParsedPage = {
  readonly source: string
  /** The format version that was recognised, such as `state-2026`. Empty where none was. */
  readonly variant: string
  readonly kind: PageKind
  readonly verdict: Verdict
  readonly items: readonly Item[]
  readonly rejected: readonly Rejected[]
  /** URL of the next page, where the page says one. */
  readonly next: string | null
  /** How many adverts the site says there are in all, where it does. */
  readonly total: number | null
  /** Why, for `blocked`, `changed`, `held`, `gone` and `partial`: one short English phrase for the log. */
  readonly reason: string | null
  /** What the site answered to, where it says so and it differs from what was asked (a dropped filter). */
  readonly answered: string | null
  /** The same search at the site's own JSON API, where the page says its address. */
  readonly api?: string | null
}

export type PageInput = {
  readonly bytes: Uint8Array
  /** The address that was asked. */
  readonly url: string
  /** HTTP status; 200 for a file. */
  readonly status: number
  /** Lower-case header names; only `content-type` and `server` are read. */
  readonly headers: Readonly<Record<string, string>>
}

/** What a pasted address is, for this source. */
export type Recognised =
  | {
      readonly kind: 'result'
      /** Canonical address: tracking and page number gone, parameters sorted. Equal searches have equal keys. */
      readonly key: string
      /** What is asked: newest first, first page. */
      readonly url: string
      /** Facts for people, as codes and raw words: category path, place, query, price range. */
      readonly says: SearchFacts
    }
  | { readonly kind: 'offer'; readonly externalId: string | null; readonly url: string }
  /** A page of this site that is neither a search nor an advert (home, login, help). */
  | { readonly kind: 'other' }

export type SearchFacts = {
  readonly category: readonly string[]
  readonly place: string | null
  /** Kilometres around the place. */
  readonly distance: number | null
  readonly query: string | null
  /** Minor units as text with the source's currency. */
  readonly priceFrom: string | null
  readonly priceTo: string | null
  readonly currency: string
  /** Other filters, as the site names them. */
  readonly others: number
}

export type Source = {
  /** `olx`, `otomoto`: stable, stored with every listing. */
  readonly id: string
  /** Shown to people: "OLX.pl". */
  readonly name: string
  /** Host names that this source reads, lower case. */
  readonly hosts: readonly string[]
  /** An example of a search address, for messages that say what works. */
  readonly example: string
  /** Null when the address is not of this source's hosts. */
  readonly recognise: (url: URL) => Recognised | null
  readonly parse: (page: PageInput) => ParsedPage
}
