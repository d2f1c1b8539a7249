import type { Advert } from '../advert.ts'
import type { Slot } from '../select.ts'
import { slug } from '../text.ts'
import { htmlPage, nextPage, numberOf, type OtherSite } from './site.ts'

const ORIGIN = 'https://www.marktplaats.nl'

/** `/l/fietsen/`, `/q/fiets/`, `/l/fietsen/q/oma/p/2/`, and the API of the same list. */
export const marktplaats: OtherSite = {
  site: 'marktplaats',
  host: 'marktplaats.nl',
  perPage: 30,
  ask: (url) => {
    const words = /\/q\/([^/]+)/.exec(url.pathname)?.[1] ?? url.searchParams.get('query') ?? ''
    const offset = numberOf(url.searchParams.get('offset')) ?? 0
    const page = numberOf(/\/p\/(\d+)/.exec(url.pathname)?.[1]) ?? Math.floor(offset / 30) + 1
    return { words: decodeURIComponent(words).replaceAll('+', ' '), from: null, to: null, page }
  },
  offerId: (url) => /^\/v\/.*\/m(\d+)-/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => ORIGIN + pathOf(advert),
  offer: (advert) => {
    const listing = {
      ...{ itemId: `m${advert.id}`, title: advert.title, priceInfo: priceOf(advert), isReserved: false },
      seller: { ...sellerOf(advert), location: locationOf(advert) },
      gallery: { imageUrls: advert.photos },
      stats: { since: advert.createdAt.toISOString() },
    }
    return htmlPage(
      '',
      `<script>window.__CONFIG__ = ${JSON.stringify({ listing }).replaceAll('<', '\\u003c')};</script>`,
    )
  },
  result: ({ slots, found, page, pages }) =>
    nextPage('Marktplaats', {
      searchRequestAndResponse: {
        ...{ listings: slots.map(listingOf), topBlock: [], totalResultCount: found, maxAllowedPageNumber: pages },
        searchRequest: { pagination: { offset: (page - 1) * 30, limit: 30 } },
      },
    }),
}

function pathOf(advert: Advert): string {
  return `/v/${advert.category.path[0] ?? 'overig'}/alles/m${advert.id}-${slug(advert.title)}`
}

function listingOf({ advert, promoted }: Slot): Record<string, unknown> {
  return {
    ...{ itemId: advert.id === '' ? null : `m${advert.id}`, title: advert.title, description: advert.description },
    ...{ priceInfo: priceOf(advert), location: locationOf(advert), vipUrl: pathOf(advert) },
    sellerInformation: { sellerId: advert.seller.id, sellerName: advert.seller.name },
    priorityProduct: promoted ? 'DAGTOPPER' : 'NONE',
    traits: advert.seller.business ? ['DEALER_PACKAGE'] : [],
    attributes: [{ key: 'condition', value: 'Gebruikt' }],
    pictures: advert.photos.map((url) => ({ extraExtraLargeUrl: url })),
  }
}

function priceOf({ price }: Advert): Record<string, unknown> {
  if (price.amount === null) return { priceCents: 0, priceType: price.kind === 'free' ? 'FREE' : 'EXCHANGE' }
  return { priceCents: price.amount * 100, priceType: price.negotiable ? 'MIN_BID' : 'FIXED' }
}

function locationOf(advert: Advert) {
  return { cityName: advert.city.name, latitude: advert.lat, longitude: advert.lon }
}

function sellerOf({ seller }: Advert) {
  return { id: seller.id, name: seller.name, sellerType: seller.business ? 'TRADER' : 'CONSUMER' }
}
