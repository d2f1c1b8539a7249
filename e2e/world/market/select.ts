import { hash } from '../random.ts'
import type { Advert } from './advert.ts'
import type { Asked } from './asked.ts'
import { isUnder } from './goods.ts'
import { kilometres } from './places.ts'
import { fold } from './text.ts'

/** Which adverts a search shows, and in which order. */

const foldedWords = new WeakMap<Advert, readonly string[]>()

export function wordsIn(advert: Advert): readonly string[] {
  const known = foldedWords.get(advert)
  if (known !== undefined) return known
  const words = fold(`${advert.title} ${advert.description.replaceAll('<br />', ' ')}`).split(/[^a-z0-9,]+/)
  foldedWords.set(advert, words)
  return words
}

export function matches(advert: Advert, asked: Asked): boolean {
  return (
    advert.state === 'active' &&
    advert.site === asked.site &&
    isUnder(advert.category, asked.category) &&
    inPlace(advert, asked) &&
    inRange(advert.price.amount, asked.from, asked.to) &&
    asked.words.every((word) => wordsIn(advert).some((own) => own.startsWith(word))) &&
    (asked.business === null || advert.seller.business === asked.business) &&
    (!asked.withPhotos || advert.photos.length > 0) &&
    isCar(advert, asked) &&
    (asked.site === 'otomoto' || hasParams(advert, asked.filters))
  )
}

function inPlace(advert: Advert, asked: Asked): boolean {
  if (asked.districtId !== null && advert.district?.id !== asked.districtId) return false
  if (asked.region !== null && advert.city.region.id !== asked.region.id) return false
  if (asked.city === null) return true
  return advert.city.id === asked.city.id || kilometres(advert.city, asked.city) < asked.distance
}

function inRange(amount: number | null, from: number | null, to: number | null): boolean {
  if (from === null && to === null) return true
  return amount !== null && amount >= (from ?? 0) && amount <= (to ?? Number.POSITIVE_INFINITY)
}

function isCar(advert: Advert, asked: Asked): boolean {
  if (asked.make !== null && advert.car?.make.slug !== asked.make) return false
  if (asked.model !== null && advert.car?.model.slug !== asked.model) return false
  return asked.yearFrom === null || (advert.car?.year ?? 0) >= asked.yearFrom
}

function hasParams(advert: Advert, filters: Asked['filters']): boolean {
  return [...filters].every(([key, values]) =>
    advert.params.some((param) => param.key === key && values.includes(param.normalized)),
  )
}

/** Newest first follows the last refresh: a bump moves an old advert up. Without an order the site shuffles by "relevance". */
export function ordered(adverts: readonly Advert[], order: string): readonly Advert[] {
  const dear = (advert: Advert) => advert.price.amount ?? 0
  const compare: Record<string, (a: Advert, b: Advert) => number> = {
    'created_at:desc': (a, b) => b.refreshedAt.getTime() - a.refreshedAt.getTime(),
    'created_at_first:desc': (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
    'filter_float_price:asc': (a, b) => dear(a) - dear(b),
    'filter_float_price:desc': (a, b) => dear(b) - dear(a),
  }
  const chosen = compare[order] ?? ((a: Advert, b: Advert) => hash(a.id) - hash(b.id))
  return [...adverts].sort((a, b) => chosen(a, b) || b.id.localeCompare(a.id))
}

export type Slot = { readonly advert: Advert; readonly promoted: boolean }

/** Promoted adverts stand three together, with ten others between: 0,1,2, 13,14,15, 26,27,28, 39,40,41. */
export function interleave(organic: readonly Advert[], promoted: readonly Advert[]): readonly Slot[] {
  const free = [...organic]
  const paid = [...promoted]
  const slots: Slot[] = []
  while (free.length + paid.length > 0) {
    const wantsPaid = slots.length % 13 < 3 || free.length === 0
    const isPaid = wantsPaid && paid.length > 0
    const advert = isPaid ? paid.shift() : (free.shift() ?? paid.shift())
    if (advert !== undefined) slots.push({ advert, promoted: isPaid })
  }
  return slots
}
