import type { Advert } from '../advert.ts'
import type { Slot } from '../select.ts'
import { escapeHtml, slug, spaced, warsawTime } from '../text.ts'
import { askBy, htmlPage, type Listing, ldScript, numberOf, type OtherSite, schemaOffer } from './site.ts'

const ORIGIN = 'https://sprzedajemy.pl'
const NAMES = { words: 'inp_text[v]', from: 'inp_price[from]', to: 'inp_price[to]', page: 'page' }

/** Pages are counted in adverts: `?offset=30`. */
export const sprzedajemy: OtherSite = {
  site: 'sprzedajemy',
  host: 'sprzedajemy.pl',
  perPage: 30,
  ask: (url) => ({
    ...askBy(url, NAMES),
    page: Math.floor((numberOf(url.searchParams.get('offset')) ?? 0) / 30) + 1,
  }),
  offerId: (url) => /-nr(\d+)\/?$/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => ORIGIN + pathOf(advert),
  offer: (advert) => schemaOffer(advert, sprzedajemy.urlOf(advert), 'PLN'),
  result: resultPage,
}

function pathOf(advert: Advert): string {
  return `/${slug(advert.title)}-${advert.city.slug}-nr${advert.id}`
}

function priceText({ price }: Advert): string {
  if (price.amount === null) return price.kind === 'free' ? 'Za darmo' : 'Zamienię'
  return `${spaced(price.amount)} zł`
}

function card({ advert, promoted }: Slot): string {
  const path = pathOf(advert)
  const premium = promoted ? '<span class="partnerPremium"></span>' : ''
  const negotiable = advert.price.negotiable ? '<span class="negotiable">do negocjacji</span>' : ''
  return `<article class="element "><ul><li><a href="${path}" class="picture offerLink"><span class="listImgWrp">
<img src="${advert.photos[0] ?? ''}"></span></a>${premium}</li><li class="details">
<h2 class="title "><a href="${path}" class="offerLink">${escapeHtml(advert.title)}</a></h2>
<div class="pricing "><span class="price "> ${priceText(advert)}</span>${negotiable}</div>
<p class="attributes"><span class="attribute first"><span>Stan: </span>używany</span></p>
<div class="seller-type-info seller-type-info--${advert.seller.business ? 'company' : 'private'}"></div>
<time class="time" datetime="${warsawTime(advert.refreshedAt).slice(0, 19).replace('T', ' ')}">Dzisiaj</time>
<div class="address"><strong class="city"> ${escapeHtml(advert.city.name)} </strong></div></li></ul></article>`
}

function resultPage({ slots, page, pages, url }: Listing): string {
  const there = new URL(url)
  there.searchParams.set('offset', String(page * 30))
  const href = escapeHtml(`${there.pathname}${there.search}`)
  const next = page < pages ? `<link href="${href}" rel="next" >` : ''
  const list = { '@context': 'https://schema.org', '@type': 'ItemList', numberOfItems: String(slots.length) }
  return htmlPage(`<title>Sprzedajemy.pl</title>${next}`, `${slots.map(card).join('\n')}${ldScript(list)}`)
}
