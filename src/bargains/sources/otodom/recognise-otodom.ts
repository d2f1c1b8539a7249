import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { idOfPath } from '../page/decode-id'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = ['www.otodom.pl', 'otodom.pl'] as const
const ORIGIN = 'https://www.otodom.pl'

/** Orders, and how the result is shown. */
const DROPPED = /^(by|direction|viewtype|mapbounds|searchingcriteria)$/i

/** What an address of Otodom.pl is; null for another host. */
export function recogniseOtodom(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const all = segmentsOf(url.pathname)
  const segments = /^(pl|en|uk)$/.test(all[0] ?? '') ? all.slice(1) : all
  const [first, second] = segments
  if (first === 'oferta' && second) {
    return { kind: 'offer', externalId: idOfPath(url.pathname), url: ORIGIN + url.pathname }
  }
  // `oferty` is the name that `wyniki` had in 2023.
  if ((first !== 'wyniki' && first !== 'oferty') || !second) return { kind: 'other' }
  return result(['pl', ...segments], cleanParams(url.searchParams, DROPPED))
}

function result(segments: readonly string[], params: readonly Param[]): Recognised {
  const path = pathOf(segments)
  const newest = withOrder(withOrder(params, 'by', 'LATEST'), 'direction', 'DESC')
  return {
    kind: 'result',
    key: addressOf(ORIGIN, path, params),
    url: addressOf(ORIGIN, path, newest),
    says: tellFacts(segments.slice(2), params),
  }
}

/** `sprzedaz/mieszkanie,2-pokoje/pomorskie/gdansk/gdansk/gdansk`: what is done, with what kind of estate, and where. */
function tellFacts(segments: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const [deal = '', estate = '', ...places] = segments
  const [kind = '', ...filters] = estate.split(',')
  const place = places.at(-1) ?? null
  const distance = value('distanceRadius')
  return {
    category: [deal, kind].filter((name) => name !== ''),
    place: place === 'cala-polska' ? null : place,
    distance: distance !== null && /^\d{1,4}$/.test(distance) ? Number(distance) : null,
    query: null,
    priceFrom: asMinorText(value('priceMin'), 'PLN'),
    priceTo: asMinorText(value('priceMax'), 'PLN'),
    currency: 'PLN',
    others: filters.length + countFilters(params, /^(priceMin|priceMax|distanceRadius)$/),
  }
}
