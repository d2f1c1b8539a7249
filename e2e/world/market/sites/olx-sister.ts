import type { Advert, Site } from '../advert.ts'
import { askedOf, askedOfApi } from '../asked.ts'
import { offerPath } from '../olx-ad.ts'
import { apiOffers } from '../olx-api.ts'
import { offerPage, resultPage } from '../olx-page.ts'
import { fromBase62 } from '../text.ts'
import { type Listing, numberOf, type OtherSite } from './site.ts'

type Sister = { readonly site: Site; readonly domain: string; readonly currency: string; readonly sign: string }

const PER_PAGE = 40
const API = '/api/v1/offers'

function offerId(url: URL): string | null {
  const code = /\/oferta\/.*-?ID([0-9A-Za-z]+)\.html$/.exec(url.pathname)?.[1]
  return code === undefined ? null : fromBase62(code)
}

/** OLX of another country: the same software and pages, another domain and currency. */
export function olxSister(sister: Sister): OtherSite {
  const abroad = (body: string) =>
    body.replaceAll('olx.pl', sister.domain).replaceAll('PLN', sister.currency).replaceAll(' zł', ` ${sister.sign}`)
  return {
    ...{ site: sister.site, host: sister.domain, perPage: PER_PAGE },
    ask: (url) => {
      const { words, from, to, page } = askOf(url)
      return { words: words.join(' '), from, to, page }
    },
    offerId,
    urlOf: (advert) => `https://www.${sister.domain}${offerPath(advert)}`,
    offer: (advert: Advert) => abroad(offerPage(advert, { now: advert.refreshedAt, kilobytes: 0, spoiled: false })),
    result: (listing) => {
      const [shown, { pathname, search }] = [shownOf(listing), listing.url]
      if (pathname.startsWith(API)) return abroad(JSON.stringify(apiOffers(shown, false)))
      return abroad(resultPage(shown, pathname + search, setting(listing)))
    },
  }
}

/** Pages have numbers, the API counts adverts. */
function askOf(url: URL) {
  if (!url.pathname.startsWith(API)) return askedOf('olx', url)
  return { ...askedOfApi(url), page: Math.floor((numberOf(url.searchParams.get('offset')) ?? 0) / PER_PAGE) + 1 }
}

function setting(listing: Listing) {
  return { now: listing.slots[0]?.advert.refreshedAt ?? new Date(0), kilobytes: 0, spoiled: false }
}

function shownOf({ slots, found, page, pages, url }: Listing) {
  const offset = (page - 1) * PER_PAGE
  return { asked: askOf(url), slots, organic: found, found, offset, limit: PER_PAGE, more: page < pages }
}
