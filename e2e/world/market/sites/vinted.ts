import { slug } from '../text.ts'
import { askBy, type OtherSite, schemaOffer } from './site.ts'

const ORIGIN = 'https://www.vinted.pl'
const NAMES = { words: 'search_text', from: 'price_from', to: 'price_to', page: 'page' }

/** The catalogue's API, and an item's page by its schema.org data. Nothing here is free. */
export const vinted: OtherSite = {
  site: 'vinted',
  host: 'vinted.pl',
  perPage: 96,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => /^\/items\/(\d+)/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => `${ORIGIN}/items/${advert.id}-${slug(advert.title)}`,
  offer: (advert) => schemaOffer(advert, vinted.urlOf(advert), 'PLN'),
  result: ({ slots, found, page, pages }) =>
    JSON.stringify({
      items: slots.map(({ advert, promoted }) => ({
        ...{ id: Number(advert.id) || null, title: advert.title, promoted, is_visible: true, brand_title: 'Inna' },
        price: { amount: `${advert.price.amount ?? ''}.0`, currency_code: 'PLN' },
        ...{ path: `/items/${advert.id}`, url: `${vinted.urlOf(advert)}?referrer=catalog` },
        user: { id: advert.seller.id, login: advert.seller.name, business: advert.seller.business },
        photo: advert.photos[0] ? { url: advert.photos[0], full_size_url: advert.photos[0] } : null,
        ...{
          status: 'Dobry',
          size_title: 'M',
          favourite_count: 3,
          service_fee: { amount: '2.9', currency_code: 'PLN' },
        },
      })),
      pagination: { current_page: page, total_pages: pages, total_entries: found, per_page: 96 },
      code: 0,
    }),
}
