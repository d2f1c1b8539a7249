import type { Advert } from '../advert.ts'
import type { Slot } from '../select.ts'
import { escapeHtml, slug } from '../text.ts'
import { askBy, htmlPage, nextPage, type OtherSite } from './site.ts'

const NAMES = { words: 'q', from: 'ps', to: 'pe', page: 'o' }

export const olxBr: OtherSite = {
  site: 'olx-br',
  host: 'olx.com.br',
  perPage: 50,
  ask: (url) => askBy(url, NAMES),
  offerId: (url) => /-(\d{8,12})$/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => `https://sp.olx.com.br/sao-paulo/${slug(advert.title)}-${advert.id}`,
  offer: (advert) => {
    const ad = {
      ...{ ...base(advert), friendlyUrl: olxBr.urlOf(advert), listTime: advert.refreshedAt.toISOString() },
      ...{ user: { userId: advert.seller.id, name: advert.seller.name }, description: advert.description },
      location: { municipality: advert.city.name, uf: 'SP', mapLati: advert.lat, mapLong: advert.lon },
    }
    const json = escapeHtml(JSON.stringify({ ad, urls: {} }))
    return htmlPage('', `<script id="initial-data" type="text/plain" data-json="${json}"></script>`)
  },
  result: ({ slots, found, page }) => {
    const banner = { advertisingId: 'native-1', deviceType: 'desktop', bannerTopSort: 4 }
    const ads = slots.length === 0 ? [] : [adOf(slots[0]), banner, ...slots.slice(1).map(adOf)]
    return nextPage('OLX', { ads, pageIndex: page, totalOfAds: found, pageSize: 50, filters: { sort: 'date' } })
  },
}

function adOf(slot: Slot | undefined): Record<string, unknown> | null {
  if (slot === undefined) return null
  const { advert, promoted } = slot
  return { ...base(advert), title: advert.title, url: olxBr.urlOf(advert), isFeatured: promoted, fixedOnTop: false }
}

function base(advert: Advert): Record<string, unknown> {
  const price = advert.price.amount === null ? '' : `R$ ${advert.price.amount.toLocaleString('de-DE')}`
  const seconds = Math.floor(advert.createdAt.getTime() / 1000)
  return {
    ...{ listId: Number(advert.id) || null, subject: advert.title, priceValue: price, price },
    ...{ origListTime: seconds, lastBumpAgeSecs: '0', professionalAd: advert.seller.business },
    images: advert.photos.map((url) => ({ original: url })),
    properties: [{ name: 'condition', label: 'Condição', value: 'Usado' }],
    locationDetails: { municipality: advert.city.name, neighbourhood: advert.district?.name ?? '', uf: 'SP' },
  }
}
