/** What came back from a site, or why nothing did. Never throws for what the network does. */
export type Fetched =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** After redirects. */
      readonly url: string
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>
      /** Decompressed; at most 8 MiB. */
      readonly bytes: Uint8Array
      /** Requests made before this one, for the host's budget. */
      readonly redirects?: number
    }
  | {
      readonly kind: 'failed'
      readonly reason: 'timeout' | 'too_large' | 'network' | 'refused_address'
      readonly detail: string
    }

export type FetchRequest = {
  readonly url: string
  readonly etag?: string | null
  readonly lastModified?: string | null
}

/** One way to a page. The plain one is guarded-fetch; a browser and a push from people may follow. */
export type Transport = { readonly fetch: (request: FetchRequest) => Promise<Fetched> }
