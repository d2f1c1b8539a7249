import type { Advert } from '../advert.ts'
import type { Slot } from '../select.ts'
import { escapeHtml, slug } from '../text.ts'
import { htmlPage, type Listing, numberOf, type OtherSite } from './site.ts'

const ORIGIN = 'https://www.kleinanzeigen.de'

/** `/s-fahrrad/k0`, `/s-seite:2/fahrrad/k0`, `/s-preis:10:50/fahrrad/k0`. */
export const kleinanzeigen: OtherSite = {
  site: 'kleinanzeigen',
  host: 'kleinanzeigen.de',
  perPage: 25,
  ask: (url) => {
    const parts = url.pathname.replace('/s-', '/').split('/').filter(Boolean).map(decodeURIComponent)
    const [, from, to] = /^preis:(\d*):(\d*)$/.exec(parts.find((part) => part.startsWith('preis:')) ?? '') ?? []
    const plain = parts.slice(0, -1).filter((part) => !part.includes(':'))
    const page = numberOf(/seite:(\d+)/.exec(url.pathname)?.[1]) ?? 1
    return { words: (plain.at(-1) ?? '').replaceAll('-', ' '), from: numberOf(from), to: numberOf(to), page }
  },
  offerId: (url) => /^\/s-anzeige\/.*\/(\d+)-/.exec(url.pathname)?.[1] ?? null,
  urlOf: (advert) => ORIGIN + pathOf(advert),
  offer: offerPage,
  result: resultPage,
}

function pathOf(advert: Advert): string {
  return `/s-anzeige/${slug(advert.title)}/${advert.id}-217-1`
}

function priceText({ price }: Advert): string {
  if (price.amount === null) return price.kind === 'free' ? 'Zu verschenken' : 'Zu tauschen'
  return `${price.amount.toLocaleString('de-DE')} €${price.negotiable ? ' VB' : ''}`
}

function card({ advert, promoted }: Slot): string {
  return `<li class="ad-listitem${promoted ? ' is-topad badge-topad' : ''}"><article class="aditem" data-adid="${advert.id}" data-href="${pathOf(advert)}">
<div class="aditem-image"><img src="${advert.photos[0] ?? ''}"></div>
<div class="aditem-main--top--left"><i></i> 40235 ${escapeHtml(advert.city.name)}</div>
<h2 class="text-module-begin"><a class="ellipsis" href="${pathOf(advert)}">${escapeHtml(advert.title)}</a></h2>
<p class="aditem-main--middle--description">${escapeHtml(advert.description.slice(0, 160))}</p>
<div class="aditem-main--middle--price-shipping"><p class="aditem-main--middle--price-shipping--price"> ${priceText(advert)}</p></div>
</article></li>`
}

function resultPage({ slots, found, page, pages, url }: Listing): string {
  const last = url.pathname
    .replace('/s-', '/')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('seite:'))
  const next = page < pages ? `<link rel="next" href="/s-seite:${page + 1}/${last.join('/')}">` : ''
  const from = (page - 1) * 25
  const summary = `${from + 1} - ${from + slots.length} von ${found.toLocaleString('de-DE')} Ergebnissen`
  return htmlPage(
    `<title>Kleinanzeigen</title>${next}`,
    `<h1><span class="breadcrump-summary">${summary}</span></h1><ul id="srchrslt-adtable">${slots.map(card).join('\n')}</ul>
<div id="srchrslt-pagination"></div>`,
  )
}

function offerPage(advert: Advert): string {
  const head = `<link rel="canonical" href="${ORIGIN}${pathOf(advert)}"><meta property="og:latitude" content="${advert.lat}">
<meta property="og:longitude" content="${advert.lon}">`
  const photos = advert.photos.map((url) => `<div class="galleryimage-element"><img data-imgsrc="${url}"></div>`)
  return htmlPage(
    head,
    `<h1 id="viewad-title"><span class="pvap-reserved-title is-hidden">Reserviert • </span>
<span class="pvap-reserved-title is-hidden">Gelöscht • </span> ${escapeHtml(advert.title)}</h1>
<h2 id="viewad-price"> ${priceText(advert)}</h2><span id="viewad-locality"> 40235 ${escapeHtml(advert.city.name)}</span>
<p id="viewad-description-text">${advert.description}</p>${photos.join('')}
<div id="viewad-ad-id-box"><ul><li>Anzeigen-ID</li><li>${advert.id}</li></ul></div>
<span class="iconlist-text"><a href="/s-bestandsliste.html?userId=${advert.seller.id}">${escapeHtml(advert.seller.name)}</a>
${advert.seller.business ? 'Gewerblicher' : 'Privater'} Nutzer</span>`,
  )
}
