import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = ['sprzedajemy.pl', 'www.sprzedajemy.pl'] as const
const ORIGIN = 'https://sprzedajemy.pl'

/** Pages that hold no adverts. Everything else on the site is a place, a category, or both. */
const OTHER =
  /^(nowe-ogloszenie|logowanie|rejestracja|moje-|konto|pomoc|regulamin|kontakt|sklep-internetowy|o-nas|blog|polityka|lista-ofert)/

/** What an address of Sprzedajemy.pl is; null for another host. */
export function recogniseSprzedajemy(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  const id = idOfAddress(url.pathname)
  if (id !== null) return { kind: 'offer', externalId: id, url: ORIGIN + url.pathname }
  const [first] = segments
  if (first === undefined || OTHER.test(first) || /\.\w{2,5}$/.test(segments.at(-1) ?? '')) return { kind: 'other' }
  const params = cleanParams(url.searchParams, /^sort$/)
  const path = pathOf(segments)
  return {
    kind: 'result',
    key: addressOf(ORIGIN, path, params),
    url: addressOf(ORIGIN, path, withOrder(params, 'sort', 'inp_srt_date_d')),
    says: tellFacts(segments, params),
  }
}

/** Adverts end in their number: `/rower-miejski-krakow-nr72746631`. */
export function idOfAddress(path: string): string | null {
  return /-nr([1-9]\d{0,14})\/?$/.exec(path)?.[1] ?? null
}

function tellFacts(segments: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const words = params.find(([name]) => /^inp_text\[/.test(name))?.[1] ?? null
  const distance = value('inp_distance')
  return {
    category: segments.filter((segment) => !/^(szukaj|wszystkie-ogloszenia)$/.test(segment)),
    place: null,
    distance: distance !== null && /^\d{1,4}$/.test(distance) ? Number(distance) : null,
    query: words,
    priceFrom: asMinorText(value('inp_price[from]'), 'PLN'),
    priceTo: asMinorText(value('inp_price[to]'), 'PLN'),
    currency: 'PLN',
    others: countFilters(params, /^(inp_text\[.*\]|inp_distance|inp_price\[(from|to)\])$/),
  }
}
