/** What tells one country's OLX from another's. Pages, state and API are one software's. */
export type OlxSite = {
  /** The source's id: `olx-ua`. */
  readonly id: string
  readonly name: string
  /** `olx.ua`; the site stands at `www.` and `m.` before it. */
  readonly domain: string
  /** Of the filter `price from … to …` in an address. Adverts name their own. */
  readonly currency: string
  /** First segments that only choose a language: one search in two of them is one search. */
  readonly languages: readonly string[]
  /** The language that is asked, where the site's own default is another. */
  readonly asked: string | null
  readonly example: string
  /** Whether the last segment of a path of `length` category and place segments names a place. */
  readonly isPlace: (segment: string, length: number) => boolean
}

export function hostsOf({ domain }: OlxSite): readonly string[] {
  return [`www.${domain}`, domain, `m.${domain}`]
}

export function originOf({ domain }: OlxSite): string {
  return `https://www.${domain}`
}
