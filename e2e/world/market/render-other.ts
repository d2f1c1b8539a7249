import type { Advert } from './advert.ts'
import { changedPage } from './blocked-pages.ts'
import type { Look, Page } from './render.ts'
import { ordered, type Slot, wordsIn } from './select.ts'
import type { Ask, Listing, OtherSite } from './sites/site.ts'
import type { Store } from './store.ts'
import { fold } from './text.ts'

/** From an address of a marketplace beside OLX.pl and Otomoto to the page that it would answer with. */

const HTML = 'text/html; charset=utf-8'

export function renderOther(site: OtherSite, store: Pick<Store, 'adverts' | 'ofSite'>, url: URL, look: Look): Page {
  const id = site.offerId(url)
  if (id !== null) return offerOf(site, store.adverts.get(id), look)
  const listing = listingOf(site, look === 'empty' ? [] : [...store.ofSite(site.site)], url)
  if (look === 'partial') return page(site.result({ ...listing, slots: blanked(listing) }))
  return look === 'changed' ? newLook(site.result(listing), listing) : page(site.result(listing))
}

function page(body: string): Page {
  const type = body.startsWith('{')
    ? 'application/json'
    : body.startsWith('<?xml')
      ? 'application/rss+xml'
      : 'text/html'
  return { status: 200, type: `${type}; charset=utf-8`, body }
}

function newLook(before: string, { slots }: Listing): Page {
  return page(before.startsWith('{') ? '{"data":{}}' : changedPage(slots.map(({ advert }) => advert.title)))
}

function offerOf(site: OtherSite, advert: Advert | undefined, look: Look): Page {
  if (advert === undefined || advert.site !== site.site || advert.state !== 'active') {
    return { status: 404, type: HTML, body: '<html><title>404</title><h1>404</h1></html>' }
  }
  return { status: 200, type: HTML, body: look === 'changed' ? changedPage([advert.title]) : site.offer(advert) }
}

function listingOf(site: OtherSite, adverts: readonly Advert[], url: URL): Listing {
  const ask = site.ask(url)
  const found = ordered(
    adverts.filter((advert) => advert.site === site.site && fits(advert, ask)),
    'created_at:desc',
  )
  const from = (ask.page - 1) * site.perPage
  const slots = found.slice(from, from + site.perPage).map((advert) => ({ advert, promoted: advert.promoted }))
  return { url, slots, found: found.length, page: ask.page, pages: Math.ceil(found.length / site.perPage) }
}

function fits(advert: Advert, { words, from, to }: Ask): boolean {
  const { amount } = advert.price
  const isInRange = (from ?? to) === null || (amount !== null && amount >= (from ?? 0) && amount <= (to ?? Infinity))
  const asked = fold(words).split(/\s+/).filter(Boolean)
  return (
    advert.state === 'active' && isInRange && asked.every((word) => wordsIn(advert).some((own) => own.startsWith(word)))
  )
}

/** A third of the adverts have neither number nor name. */
function blanked({ slots }: Listing): readonly Slot[] {
  return slots.map((slot, n) => (n % 3 === 1 ? { ...slot, advert: { ...slot.advert, id: '', title: '' } } : slot))
}
