import type { Clock } from '../clock.ts'
import type { Advert } from './advert.ts'
import { askedOf, askedOfApi } from './asked.ts'
import { changedPage } from './blocked-pages.ts'
import type { HostKey } from './modes.ts'
import { apiGone, apiOffer, apiOffers } from './olx-api.ts'
import { heldPage, inactivePage, notFoundPage, offerPage, resultPage } from './olx-page.ts'
import { otomotoNotFound, otomotoOfferPage, otomotoResultPage } from './otomoto-page.ts'
import { drawPhoto } from './photo.ts'
import { renderOther } from './render-other.ts'
import { type Shown, showOlx, showOtomoto } from './shown.ts'
import { otherSite } from './sites/list.ts'
import type { Store } from './store.ts'
import { fromBase62 } from './text.ts'

/** From an address to the page that the site would answer with. */

export type Page = { readonly status: number; readonly type: string; readonly body: string | Buffer }
export type Look = 'ok' | 'empty' | 'changed' | 'partial'

export type RenderSetting = { readonly clock: Clock; readonly kilobytes: number }

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'
const PAGE = 40

export type Render = (host: HostKey, url: URL, look: Look, browser: boolean) => Page

export function makeRender(store: Store, setting: RenderSetting): Render {
  return (host, url, look, browser) => {
    const photo = /^\/photo\/(\d+)\/(\d+)\.png$/.exec(url.pathname)
    if (photo !== null) return photoOf(store, photo[1] ?? '', Number(photo[2]))
    if (host === 'photos') return { status: 404, type: 'text/plain', body: 'no such photo' }
    const other = otherSite(host)
    if (other !== null) return renderOther(other, store, url, look)
    const adverts = look === 'empty' ? [] : [...store.ofSite(host === 'otomoto.pl' ? 'otomoto' : 'olx')]
    if (host === 'otomoto.pl') return otomoto(store, adverts, url, look)
    if (url.pathname.startsWith('/api/v1/offers')) return api(store, adverts, url, look)
    const id = offerId(url)
    if (id !== null) return olxOffer(store.adverts.get(id), setting, look, browser)
    return olxResult(adverts, url, setting, look)
  }
}

function page(body: string, status = 200): Page {
  return { status, type: HTML, body }
}

function json(body: unknown, status = 200): Page {
  return { status, type: JSON_TYPE, body: JSON.stringify(body) }
}

function offerId(url: URL): string | null {
  const code = /\/oferta\/.*-?ID([0-9A-Za-z]+)\.html$/.exec(url.pathname)?.[1]
  return code === undefined ? null : fromBase62(code)
}

function titlesOf(shown: Shown): readonly string[] {
  return shown.slots.map((slot) => slot.advert.title)
}

function olxResult(adverts: readonly Advert[], url: URL, setting: RenderSetting, look: Look): Page {
  const asked = askedOf('olx', url)
  const shown = showOlx(adverts, asked, (asked.page - 1) * PAGE, PAGE)
  if (look === 'changed') return page(changedPage(titlesOf(shown)))
  const { kilobytes, clock } = setting
  return page(
    resultPage(shown, url.pathname + url.search, { now: clock.now(), kilobytes, spoiled: look === 'partial' }),
  )
}

function olxOffer(advert: Advert | undefined, setting: RenderSetting, look: Look, browser: boolean): Page {
  if (advert === undefined || advert.site !== 'olx') return page(notFoundPage(), 404)
  if (look === 'changed') return page(changedPage([advert.title]))
  if (advert.state === 'held') return page(heldPage())
  // A browser is told in words, everybody else by the status.
  if (advert.state === 'removed') return browser ? page(inactivePage()) : page(inactivePage(), 410)
  const { kilobytes, clock } = setting
  return page(offerPage(advert, { now: clock.now(), kilobytes, spoiled: false }))
}

function api(store: Store, adverts: readonly Advert[], url: URL, look: Look): Page {
  if (look === 'changed') return json({ items: [], v: 3 })
  const one = /^\/api\/v1\/offers\/(\d+)\/?$/.exec(url.pathname)?.[1]
  if (one !== undefined) {
    const advert = store.adverts.get(one)
    return advert === undefined || advert.state !== 'active' ? json(apiGone(), 410) : json(apiOffer(advert))
  }
  const limit = Math.min(50, Number(url.searchParams.get('limit') ?? PAGE))
  const offset = Number(url.searchParams.get('offset') ?? 0)
  return json(apiOffers(showOlx(adverts, askedOfApi(url), offset, limit), look === 'partial'))
}

function otomoto(store: Store, adverts: readonly Advert[], url: URL, look: Look): Page {
  const id = offerId(url)
  if (id !== null) {
    const advert = store.adverts.get(id)
    const open = advert !== undefined && advert.site === 'otomoto' && advert.state === 'active'
    if (open && look === 'changed') return page(changedPage([advert.title]))
    return open ? page(otomotoOfferPage(advert)) : page(otomotoNotFound(), 404)
  }
  const shown = showOtomoto(adverts, askedOf('otomoto', url))
  if (look === 'changed') return page(changedPage(titlesOf(shown)))
  return page(otomotoResultPage(shown, url.pathname + url.search, look === 'partial'))
}

const drawn = new Map<string, Buffer>()

function photoOf(store: Store, id: string, number: number): Page {
  const advert = store.adverts.get(id)
  if (advert === undefined) return { status: 404, type: 'text/plain', body: 'no such photo' }
  const key = `${advert.picture}/${number}/${advert.category.drawing}`
  const body = drawn.get(key) ?? drawPhoto(advert.picture, number, advert.category.drawing)
  drawn.set(key, body)
  return { status: 200, type: 'image/png', body }
}
