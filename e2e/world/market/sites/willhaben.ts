import type { Slot } from '../select.ts'
import { slug } from '../text.ts'
import { askBy, nextPage, type OtherSite, schemaOffer } from './site.ts'

const ORIGIN = 'https://www.willhaben.at'
const NAMES = { words: 'keyword', from: 'PRICE_FROM', to: 'PRICE_TO', page: 'page' }

export const willhaben: OtherSite = {
  site: 'willhaben',
  host: 'willhaben.at',
  perPage: 30,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => (url.pathname.includes('/d/') ? (/-(\d{6,12})\/?$/.exec(url.pathname)?.[1] ?? null) : null),
  urlOf: (advert) => `${ORIGIN}/iad/${pathOf(advert.title, advert.id)}`,
  offer: (advert) => schemaOffer(advert, willhaben.urlOf(advert), 'EUR'),
  result: ({ slots, found, page }) => {
    const counts = { rowsRequested: 30, rowsFound: found, rowsReturned: slots.length, pageRequested: page }
    const searchResult = { ...counts, advertSummaryList: { advertSummary: slots.map(summary) } }
    return nextPage('willhaben', { searchResult })
  },
}

function pathOf(title: string, id: string): string {
  return `kaufen-und-verkaufen/d/${slug(title)}-${id}`
}

/** Nearly all of an advert stands in a list of names with their values. */
function summary({ advert, promoted }: Slot): Record<string, unknown> {
  const { price, seller, city } = advert
  const named: Record<string, string | null> = {
    HEADING: advert.title,
    PRICE: price.amount === null ? null : String(price.amount),
    PRICE_FOR_DISPLAY: price.amount === null ? 'Zu verschenken' : `€ ${price.amount}`,
    ISPRIVATE: seller.business ? '0' : '1',
    ...{ LOCATION: city.name, STATE: city.region.name, COORDINATES: `${advert.lat},${advert.lon}` },
    ...{ PUBLISHED_String: advert.refreshedAt.toISOString(), IS_BUMPED: advert.pushedUpAt === null ? null : 'true' },
    ...{ BODY_DYN: advert.description, SEO_URL: `${pathOf(advert.title, advert.id)}/` },
    ...{ ADID: advert.id, REFERER: promoted ? 'pp' : null },
  }
  const attribute = Object.entries(named).flatMap(([name, value]) => (value ? [{ name, values: [value] }] : []))
  return {
    ...{ id: advert.id, description: advert.title, advertStatus: { id: 'active' }, attributes: { attribute } },
    advertImageList: { advertImage: advert.photos.map((url) => ({ mainImageUrl: url })) },
  }
}
