import type { Advert } from './advert.ts'
import type { Asked } from './asked.ts'
import { interleave, matches, ordered, type Slot } from './select.ts'

/** One page of one search, before it is written in a site's format. */
export type Shown = {
  readonly asked: Asked
  readonly slots: readonly Slot[]
  readonly organic: number
  /** All that match, promoted ones too. */
  readonly found: number
  readonly offset: number
  readonly limit: number
  readonly more: boolean
}

/** A third of the adverts lose what names them: a page of which only a part can be read. */
export function spoil<T extends object>(adverts: readonly T[]): readonly Partial<T>[] {
  return adverts.map((advert, n) => {
    if (n % 3 !== 1) return advert
    const kept = Object.entries(advert).filter(([key]) => key !== 'id' && key !== 'title')
    return Object.fromEntries(kept) as Partial<T> // the same object, less two keys
  })
}

/** OLX: organic adverts by offset, and three promoted ones for each ten asked. */
export function showOlx(adverts: Iterable<Advert>, asked: Asked, offset: number, limit: number): Shown {
  const found = [...adverts].filter((advert) => matches(advert, asked))
  const organic = ordered(
    found.filter((advert) => !advert.promoted),
    asked.order,
  )
  const promoted = ordered(
    found.filter((advert) => advert.promoted),
    '',
  )
  const paid = Math.ceil(limit / 10) * 3
  const from = Math.floor(offset / limit) * paid
  const page = organic.slice(offset, offset + limit)
  const slots = interleave(page, promoted.slice(from, from + paid))
  const more = offset + limit < Math.min(organic.length, 1000)
  return { asked, slots, organic: organic.length, found: found.length, offset, limit, more }
}

export const OTOMOTO_PAGE = 32

/** Otomoto: promoted ones first unless the newest are asked for, so that page 1 may hold nothing else. */
export function showOtomoto(adverts: Iterable<Advert>, asked: Asked): Shown {
  const found = [...adverts].filter((advert) => matches(advert, asked))
  const all = ordered(found, asked.order)
  const first = ['', 'relevance_web', 'created_at:desc'].includes(asked.order)
  const sorted = first ? [...all.filter((one) => one.promoted), ...all.filter((one) => !one.promoted)] : all
  const offset = (asked.page - 1) * OTOMOTO_PAGE
  const slots = sorted.slice(offset, offset + OTOMOTO_PAGE).map((advert) => ({ advert, promoted: advert.promoted }))
  const more = offset + OTOMOTO_PAGE < sorted.length
  return { asked, slots, organic: sorted.length, found: found.length, offset, limit: OTOMOTO_PAGE, more }
}
