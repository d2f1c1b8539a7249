import { countFilters, type Param } from '../page/clean-params'
import { asCurrency, asMinorText } from '../page/read-amount'
import type { SearchFacts } from '../source'
import type { OlxSite } from './olx-site'

/** What a search is, for people: from its path (`/elektronika/telefony/krakow/q-iphone/`) and its parameters. */
export function tellFacts(segments: readonly string[], params: readonly Param[], site: OlxSite): SearchFacts {
  // A site of several currencies names the one that its filter means.
  const named = params.find(([key]) => key === 'currency')?.[1] ?? null
  const currency = asCurrency(named) ?? site.currency
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const path = segments.filter((segment) => !segment.startsWith('q-') && !EVERYTHING.test(segment))
  const distance = value('search[dist]')
  const last = path.at(-1)
  const place = last !== undefined && (distance !== null || site.isPlace(last, path.length)) ? last : null
  const query = segments.find((segment) => segment.startsWith('q-'))?.slice(2) ?? value('query') ?? value('q')
  return {
    category: place === null ? path : path.slice(0, -1),
    place,
    distance: distance !== null && /^\d{1,4}$/.test(distance) ? Number(distance) : null,
    query: query?.replaceAll('-', ' ').trim() || null,
    priceFrom: asMinorText(value('search[filter_float_price:from]') ?? value('filter_float_price:from'), currency),
    priceTo: asMinorText(value('search[filter_float_price:to]') ?? value('filter_float_price:to'), currency),
    currency,
    others: countFilters(params, TOLD),
  }
}

/** A search of everything begins with it. */
const EVERYTHING = /^(oferty|list)$/

const TOLD = /^(currency|query|q|search\[(dist|filter_float_price:(from|to))\]|filter_float_price:(from|to))$/
