import type { Advert } from '../advert.ts'
import { escapeHtml, slug } from '../text.ts'
import { askBy, htmlPage, type Listing, ldScript, type OtherSite, schemaOffer } from './site.ts'

const NAMES = { words: 'q', from: 'from', to: 'to', page: 'page' }

/** Any shop: its list as JSON-LD, a product a page. */
export const shop: OtherSite = {
  site: 'shop',
  host: 'shop.example.org',
  perPage: 24,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => /^\/thing\/(\d+)-/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => `https://shop.example.org/thing/${advert.id}-${slug(advert.title)}`,
  offer: (advert) => schemaOffer(advert, shop.urlOf(advert), 'PLN'),
  result: (listing) => {
    const itemListElement = listing.slots.map(({ advert }, n) => ({
      ...{ '@type': 'ListItem', position: n + 1, item: productOf(advert) },
    }))
    const list = { '@context': 'https://schema.org', '@type': 'ItemList', itemListElement }
    return htmlPage(`<title>Shop</title>${nextLink(listing)}`, ldScript(list))
  },
}

function productOf(advert: Advert): Record<string, unknown> {
  const offers = { '@type': 'Offer', price: `${advert.price.amount ?? ''}`, priceCurrency: 'PLN' }
  const named = { '@type': 'Product', name: advert.title, sku: advert.id, url: shop.urlOf(advert) }
  return { ...named, image: advert.photos, description: advert.description, offers }
}

function nextLink({ url, page, pages }: Listing): string {
  const there = new URL(url)
  there.searchParams.set('page', String(page + 1))
  return page < pages ? `<link rel="next" href="${escapeHtml(`${there.pathname}${there.search}`)}">` : ''
}

/** A feed of the newest adverts, with the price in the title. */
export const feed: OtherSite = {
  site: 'feed',
  host: 'feed.example.org',
  perPage: 50,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => /^\/entry\/(\d+)-/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => `https://feed.example.org/entry/${advert.id}-${slug(advert.title)}`,
  offer: (advert) => schemaOffer(advert, feed.urlOf(advert), 'PLN'),
  result: ({ slots }) => `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title>
<link>https://feed.example.org/</link>${slots.map(({ advert }) => entryOf(advert)).join('\n')}</channel></rss>`,
}

function entryOf(advert: Advert): string {
  const price = advert.price.amount === null ? '' : ` - ${advert.price.amount} zł`
  return `<item><title>${advert.title && escapeHtml(advert.title + price)}</title><link>${feed.urlOf(advert)}</link>
<guid isPermaLink="false">${advert.id}</guid><pubDate>${advert.createdAt.toUTCString()}</pubDate>
<description><![CDATA[${advert.description}]]></description></item>`
}
