import type { Advert } from '../advert.ts'
import type { Slot } from '../select.ts'
import { base62, fromBase62, slug, warsawTime } from '../text.ts'
import { askBy, nextPage, type OtherSite } from './site.ts'

const ORIGIN = 'https://www.otodom.pl'
const NAMES = { words: 'description', from: 'priceMin', to: 'priceMax', page: 'page' }

export const otodom: OtherSite = {
  site: 'otodom',
  host: 'otodom.pl',
  perPage: 72,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => {
    const code = /^\/pl\/oferta\/.*-ID([0-9A-Za-z]+)$/.exec(url.pathname)?.[1]
    return code === undefined ? null : fromBase62(code)
  },
  urlOf: (advert) => `${ORIGIN}/pl/oferta/${slugOf(advert)}`,
  offer: (advert) => nextPage(advert.id, { lang: 'pl', ad: adOf(advert), relativeUrl: `/pl/oferta/${slugOf(advert)}` }),
  result: ({ slots, found, page, pages }) => {
    const pagination = { totalResults: found, itemsPerPage: 72, page, totalPages: pages }
    return nextPage('Otodom', { lang: 'pl', data: { searchAds: { items: slots.map(itemOf), pagination } } })
  },
}

function slugOf(advert: Advert): string {
  return `${slug(advert.title)}-ID${advert.id === '' ? '' : base62(advert.id)}`
}

function itemOf({ advert, promoted }: Slot): Record<string, unknown> {
  const { city, price } = advert
  const fullName = [advert.district?.name, city.name, city.region.name].filter(Boolean).join(', ')
  return {
    ...{
      id: Number(advert.id) || null,
      title: advert.title,
      slug: slugOf(advert),
      estate: 'FLAT',
      transaction: 'RENT',
    },
    location: {
      ...{ mapDetails: { radius: 0 }, reverseGeocoding: { locations: [{ fullName: city.region.name }, { fullName }] } },
      address: { street: null, city: { name: city.name }, province: { name: city.region.name } },
    },
    images: advert.photos.map((url) => ({ medium: url, large: url })),
    ...{ isPrivateOwner: !advert.seller.business, isPromoted: promoted, agency: null },
    totalPrice: price.amount === null ? null : { value: price.amount, currency: 'PLN' },
    ...{ hidePrice: price.amount === null, areaInSquareMeters: 41.5, roomsNumber: 'TWO' },
    dateCreated: clockOf(advert.refreshedAt),
    dateCreatedFirst: clockOf(advert.createdAt),
  }
}

function clockOf(at: Date): string {
  return warsawTime(at).slice(0, 19).replace('T', ' ')
}

function adOf(advert: Advert): Record<string, unknown> {
  const { price, city, seller } = advert
  const value = price.amount === null ? '' : String(price.amount)
  return {
    ...{ id: Number(advert.id), title: advert.title, url: otodom.urlOf(advert), status: 'active' },
    ...{ advertiserType: seller.business ? 'business' : 'private', description: `<p>${advert.description}</p>` },
    ...{ createdAt: warsawTime(advert.createdAt), modifiedAt: warsawTime(advert.refreshedAt) },
    characteristics: [{ key: 'price', value, label: 'Cena', localizedValue: `${value} zł`, currency: 'PLN' }],
    images: advert.photos.map((url) => ({ large: url })),
    location: {
      coordinates: { latitude: advert.lat, longitude: advert.lon },
      ...{ mapDetails: { radius: 0 }, address: { city: { name: city.name }, province: { name: city.region.name } } },
    },
    ...{
      owner: { id: seller.id, name: seller.name },
      agency: null,
      target: { hidePrice: price.amount === null ? '1' : '0' },
    },
  }
}
