import { countFilters, type Param } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
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
    priceFrom: asMinorText(value('search[filter_float_price:from]') ?? value('filter_float_price:from'), 'PLN'),
    priceTo: asMinorText(value('search[filter_float_price:to]') ?? value('filter_float_price:to'), 'PLN'),
    currency: 'PLN',
    others: countFilters(params, TOLD),
  }
}

const TOLD = /^(currency|query|q|search\[(dist|filter_float_price:(from|to))\]|filter_float_price:(from|to))$/
