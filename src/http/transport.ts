/** Requests made beside the one that was asked for (redirects, what a page loads itself), for the host's budget. */
type More = { readonly requests?: number }

/** What came back from a site, or why nothing did. Never throws for what the network does. */
export type Fetched =
  | ({
      readonly kind: 'answered'
      readonly status: number
      /** After redirects. */
      readonly url: string
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>
      /** Decompressed; at most 8 MiB. */
      readonly bytes: Uint8Array
      /** The page as a browser had it after its scripts had run; only a browser says it. */
      readonly rendered?: Uint8Array
    } & More)
  | ({
      readonly kind: 'failed'
      /** `robots`: the site's robots.txt forbids the address, or one that it led to. */
      readonly reason: 'timeout' | 'too_large' | 'network' | 'refused_address' | 'robots'
      readonly detail: string
    } & More)

export type FetchRequest = {
  readonly url: string
  readonly etag?: string | null
  readonly lastModified?: string | null
  /** Asked before each further address that the first one leads to; false ends the fetch as `robots`. */
  readonly mayFollow?: (url: URL) => Promise<boolean>
  /** How many further requests the host has room for in this minute. */
  readonly room?: number
}

/** One way to a page. The plain one is guarded-fetch; a browser is another. */
export type Transport = {
  readonly fetch: (request: FetchRequest) => Promise<Fetched>
  /** Milliseconds that a fetch may take, where they are more than the plain way's. */
  readonly longestMs?: number
}
