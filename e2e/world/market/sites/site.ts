import type { Advert, Site } from '../advert.ts'
import type { Slot } from '../select.ts'

/** A marketplace beside OLX and Otomoto: what its addresses ask, and what its pages look like. */
export type OtherSite = {
  readonly site: Site
  /** Without `www`; its subdomains are the same site. */
  readonly host: string
  readonly perPage: number
  readonly ask: (url: URL) => Ask
  /** The advert's number in the address of its own page; null for any other address. */
  readonly offerId: (url: URL) => string | null
  readonly urlOf: (advert: Advert) => string
  /** HTML, JSON or XML. */
  readonly result: (listing: Listing) => string
  readonly offer: (advert: Advert) => string
}

export type Ask = {
  readonly words: string
  readonly from: number | null
  readonly to: number | null
  /** From 1. */
  readonly page: number
}

/** One page of one search. */
export type Listing = {
  readonly url: URL
  readonly slots: readonly Slot[]
  /** All that match, on whatever page. */
  readonly found: number
  readonly page: number
  readonly pages: number
}

export function askBy(url: URL, names: { words: string; from: string; to: string; page: string }): Ask {
  const get = (name: string) => url.searchParams.get(name)
  return {
    words: get(names.words) ?? '',
    from: numberOf(get(names.from)),
    to: numberOf(get(names.to)),
    page: Math.max(1, numberOf(get(names.page)) ?? 1),
  }
}

export function numberOf(text: string | null | undefined): number | null {
  return text === null || text === undefined || !/^\d{1,9}$/.test(text) ? null : Number(text)
}

/** A page of Next.js with its state near the end. */
export function nextPage(title: string, pageProps: unknown, body = ''): string {
  const json = JSON.stringify({ props: { pageProps }, page: '/', query: {} }).replaceAll('<', '\\u003c')
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><div id="__next">${body}</div>
<script id="__NEXT_DATA__" type="application/json">${json}</script></body></html>`
}

export function htmlPage(head: string, body: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`
}

export function ldScript(value: unknown): string {
  return `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003C')}</script>`
}

/** An advert's own page by schema.org alone: sites whose offer page is read that way. */
export function schemaOffer(advert: Advert, url: string, currency: string): string {
  const offers =
    advert.price.amount === null
      ? { '@type': 'Offer', price: '0', priceCurrency: currency }
      : { '@type': 'Offer', price: `${advert.price.amount}.00`, priceCurrency: currency }
  const product = {
    ...{ '@context': 'https://schema.org', '@type': 'Product', name: advert.title, sku: advert.id, url },
    ...{ image: advert.photos, description: advert.description, offers },
  }
  return htmlPage(ldScript(product), `<h1>${advert.id}</h1>`)
}
