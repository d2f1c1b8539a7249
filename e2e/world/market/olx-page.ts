import type { Advert } from './advert.ts'
import { displayPrice, offerPath, offerUrl } from './olx-ad.ts'
import { CAPPED_AT, listingState, offerState } from './olx-state.ts'
import type { Shown } from './shown.ts'
import { cardTime, escapeHtml, spaced } from './text.ts'

/** OLX pages as a browser or a scraper gets them: the state in a script, and the cards that were rendered from it. */

export type PageSetting = { readonly now: Date; readonly kilobytes: number; readonly spoiled: boolean }

const STYLE = `body{margin:0;font:15px/1.4 sans-serif;background:#f2f4f5;color:#02282c}main{max-width:960px;margin:0 auto;padding:16px}
[data-cy=l-card]{display:flex;gap:16px;background:#fff;margin:8px 0;padding:8px;border-radius:4px}img{width:160px;height:120px;object-fit:cover}
h4{margin:4px 0}a{color:inherit}[data-testid=ad-price]{font-weight:700}`

/** JSON within a JavaScript string, the characters that could end the script written as escapes: as the site does. */
function inScript(value: unknown): string {
  const escapes: Record<string, string> = { '<': '\\u003C', '>': '\\u003E', '/': '\\u002F' }
  return JSON.stringify(JSON.stringify(value).replace(/[<>/]/g, (sign) => escapes[sign] ?? sign))
}

/** Every page carries the words for a removed advert in its translations, active or not. */
const TRANSLATIONS = {
  pageTranslations: {
    adview: {
      'ad.inactive.message.title': 'To ogłoszenie nie jest już dostępne',
      'ad.inactive.message.description': 'Sprzedający zakończył ogłoszenie',
      'ad.inactiveAdTitle': 'Ogłoszenie nieaktualne',
      'ad.moderatedAdTitle': 'Ogłoszenie wstrzymane przez moderatora',
    },
  },
}

const CONFIG = {
  appConfig: { env: 'production', siteCode: 'olxpl', locale: 'pl-PL', langISOCode: 'pl', analytics: {} },
}

function html(title: string, head: string, body: string, state: unknown): string {
  const script =
    state === null
      ? ''
      : `<script type="text/javascript" id="olx-init-config">
        window.__INIT_CONFIG__ = ${inScript(CONFIG)};
        window.__PRERENDERED_STATE__= ${inScript(state)};
        window.__TAURUS__= [];
        window.__PAGE_TRANSLATIONS__= ${inScript(TRANSLATIONS)};
</script>`
  return `<!DOCTYPE html>
<html lang="pl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title data-rh="true">${escapeHtml(title)}</title>${head}<style>${STYLE}</style></head>
<body><div id="root"><main>${body}</main></div><div id="portal"></div>
${script}
</body></html>`
}

export function resultPage(shown: Shown, path: string, setting: PageSetting): string {
  const state = listingState(shown, path, setting)
  const cards = shown.slots.map((slot) => card(slot.advert, slot.promoted, setting.now)).join('\n')
  const count = `<span data-testid="total-count">${countText(shown.found)}</span>`
  const body = `<h1>Ogłoszenia</h1>${count}<div data-testid="listing-grid">${cards}</div>${pager(shown, path)}`
  return html('Ogłoszenia • OLX.pl', breadcrumbsLd(shown), body, state)
}

function countText(found: number): string {
  if (found > CAPPED_AT) return `Znaleźliśmy <span>ponad</span> ${CAPPED_AT} ogłoszeń`
  return found === 0 ? 'Nie znaleźliśmy żadnych wyników' : `Znaleźliśmy ${spaced(found)} ogłoszeń`
}

function card(advert: Advert, promoted: boolean, now: Date): string {
  const href = `${offerPath(advert)}?search_reason=search%7C${promoted ? 'promoted' : 'organic'}`
  const title = escapeHtml(advert.title)
  const photo = advert.photos[0] ?? ''
  const image = photo === '' ? '' : `<img src="${photo}" srcset="${photo}?s=389 1x" alt="${title}" loading="lazy">`
  const negotiable = advert.price.negotiable ? '<span>do negocjacji</span>' : ''
  const when = cardTime(advert.refreshedAt, now, advert.pushedUpAt !== null)
  const place = [advert.city.name, advert.district?.name].filter(Boolean).join(', ')
  return `<div data-cy="l-card" data-testid="l-card" id="${advert.id}" class="css-1sw7q4x"><a class="css-1tqlkj0" href="${href}">${image}</a>
<div class="css-1apmciz"><div data-cy="ad-card-title"><a href="${href}"><h4 class="css-hzlye5">${title}</h4></a>
<p data-testid="ad-price" class="css-blr5zl">${displayPrice(advert)}${negotiable}</p></div>
<p data-testid="location-date" class="css-1b24pxk">${escapeHtml(place)} - ${when}</p></div></div>`
}

function pager(shown: Shown, path: string): string {
  const pages = Math.min(25, Math.ceil(shown.organic / shown.limit))
  const url = new URL(path, 'https://www.olx.pl')
  const link = (page: number) => {
    url.searchParams.set('page', String(page))
    return `${url.pathname}${url.search}`
  }
  const items = Array.from({ length: pages }, (_, n) => n + 1).map(
    (n) =>
      `<li data-testid="pagination-list-item"><a data-testid="pagination-link-${n}" href="${link(n)}">${n}</a></li>`,
  )
  const forward = shown.more ? `<a data-testid="pagination-forward" href="${link(shown.asked.page + 1)}">&gt;</a>` : ''
  return `<ul data-testid="pagination-list">${items.join('')}</ul>${forward}`
}

function breadcrumbsLd(shown: Shown): string {
  const items = shown.asked.category.map((name, n) => ({ '@type': 'ListItem', position: n + 1, name }))
  return ld({ '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement: items })
}

function ld(value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003C')
  return `<script data-rh="true" type="application/ld+json">${json}</script>`
}

export function offerPage(advert: Advert, setting: PageSetting): string {
  const place = [advert.city.name, advert.district?.name].filter(Boolean).join(' ')
  const photos = advert.photos
    .map(
      (url) =>
        `<div class="swiper-slide" data-cy="adPhotos-swiperSlide" data-testid="ad-photo"><img src="${url}"></div>`,
    )
    .join('')
  const params = [
    `<p>${advert.seller.business ? 'Firmowe' : 'Prywatne'}</p>`,
    ...advert.params.map((param) => `<p>${escapeHtml(param.name)}: ${escapeHtml(param.value)}</p>`),
  ]
  const posted = cardTime(advert.refreshedAt, setting.now, false).toLowerCase()
  const body = `${photos}<div data-cy="offer_title" data-testid="offer_title"><h4>${escapeHtml(advert.title)}</h4></div>
<div data-testid="ad-price-container"><h3>${displayPrice(advert)}</h3></div>
<span data-cy="ad-posted-at" data-testid="ad-posted-at">Dodane <!-- -->${posted}</span>
<div data-testid="ad-parameters-container">${params.join('')}</div>
<div data-cy="ad_description" data-testid="ad_description"><h3>Opis</h3><div>${advert.description}</div></div>
<div data-cy="ad-footer-bar-section" data-testid="ad-footer-bar-section"><span>ID: ${advert.id}</span></div>`
  const head = `<link data-rh="true" rel="canonical" href="${offerUrl(advert)}">${ld(productLd(advert))}`
  return html(`${advert.title} ${place} • OLX.pl`, head, body, offerState(advert, setting))
}

function productLd(advert: Advert): Record<string, unknown> {
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: advert.title,
    image: advert.photos,
    url: offerUrl(advert),
    sku: advert.id,
    offers: {
      '@type': 'Offer',
      availability: 'https://schema.org/InStock',
      areaServed: { '@type': 'City', name: advert.city.name },
      price: advert.price.amount,
      priceCurrency: 'PLN',
    },
  }
}

/** What a browser is told about a removed advert, with status 200. */
export function inactivePage(): string {
  const message = TRANSLATIONS.pageTranslations.adview['ad.inactive.message.title']
  const body = `<div data-testid="ad-inactive-msg" class="css-ljpkfr"><h4 class="css-1g1ktcr">${message}</h4><a href="/"><span>Przejdź na stronę główną</span></a></div>`
  return html('Ogłoszenie nieaktualne', '', body, { ad: { ad: null, breadcrumbs: [] } })
}

export function heldPage(): string {
  const title = TRANSLATIONS.pageTranslations.adview['ad.moderatedAdTitle']
  return html(title, '', `<h4>${title}</h4>`, { ad: { ad: null, breadcrumbs: [] } })
}

export function notFoundPage(): string {
  return html('Strona nie istnieje', '', '<h1>404</h1><p>Nie ma takiej strony.</p>', null)
}
