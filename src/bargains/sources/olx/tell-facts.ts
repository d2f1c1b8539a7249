import type { Param } from '../page/clean-params'
import { asMinorUnits } from '../page/read-amount'
import type { SearchFacts } from '../source'
import { isPlace } from './know-places'

/** What a search is, for people: from its path (`/elektronika/telefony/krakow/q-iphone/`) and its parameters. */
export function tellFacts(segments: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const path = segments.filter((segment) => !segment.startsWith('q-') && segment !== 'oferty')
  const distance = value('search[dist]')
  const last = path.at(-1)
  const place = last !== undefined && (distance !== null || isPlace(last, path.length)) ? last : null
  const query = segments.find((segment) => segment.startsWith('q-'))?.slice(2) ?? value('query') ?? value('q')
  return {
    category: place === null ? path : path.slice(0, -1),
    place,
    distance: distance !== null && /^\d{1,4}$/.test(distance) ? Number(distance) : null,
    query: query?.replaceAll('-', ' ').trim() || null,
    priceFrom: minorText(value('search[filter_float_price:from]') ?? value('filter_float_price:from')),
    priceTo: minorText(value('search[filter_float_price:to]') ?? value('filter_float_price:to')),
    currency: 'PLN',
    others: othersOf(params),
  }
}

export function minorText(value: string | null): string | null {
  return value === null ? null : (asMinorUnits(value.replace(',', '.'), 'PLN')?.toString() ?? null)
}

const TOLD = /^(currency|query|q|search\[(dist|filter_float_price:(from|to))\]|filter_float_price:(from|to))$/

/** A list of values of one filter is one filter. */
function othersOf(params: readonly Param[]): number {
  return new Set(params.map(([name]) => name.replace(/\[\d+\]$/, '')).filter((name) => !TOLD.test(name))).size
}
