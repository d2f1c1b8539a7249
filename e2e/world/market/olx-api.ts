import { hexOf } from '../random.ts'
import type { Advert } from './advert.ts'
import { apiAd } from './olx-ad.ts'
import { CAPPED_AT, linksOf } from './olx-state.ts'
import { type Shown, spoil } from './shown.ts'

/** The answer of `/api/v1/offers`. */
export function apiOffers(shown: Shown, spoiled: boolean): Record<string, unknown> {
  const data = shown.slots.map((slot) => apiAd(slot.advert))
  const promoted = shown.slots.flatMap((slot, n) => (slot.promoted ? [n] : []))
  const organic = shown.slots.flatMap((slot, n) => (slot.promoted ? [] : [n]))
  return {
    data: spoiled ? spoil(data) : data,
    metadata: {
      total_elements: Math.min(CAPPED_AT, shown.found),
      visible_total_count: shown.found,
      promoted,
      search_id: hexOf(JSON.stringify(linksOf(shown)), 32).toUpperCase(),
      source: { promoted, organic },
    },
    links: Object.fromEntries(Object.entries(linksOf(shown)).map(([name, href]) => [name, { href }])),
  }
}

/** The answer of `/api/v1/offers/<id>/`. */
export function apiOffer(advert: Advert): Record<string, unknown> {
  return { data: apiAd(advert), links: { self: { href: `https://www.olx.pl/api/v1/offers/${advert.id}/` } } }
}

export function apiGone(): Record<string, unknown> {
  return { error: { status: 410, code: 0, title: 'Gone', detail: 'Ad not available', validation: [] } }
}
