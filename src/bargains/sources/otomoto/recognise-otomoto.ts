import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { idOfPath } from '../page/decode-id'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = ['www.otomoto.pl', 'otomoto.pl'] as const
const ORIGIN = 'https://www.otomoto.pl'

/** The branches of the site that hold adverts; its other pages are about selling, money and the site itself. */
const BRANCHES = new Set([
  'osobowe',
  'czesci',
  'motocykle-i-quady',
  'dostawcze',
  'ciezarowe',
  'maszyny-budowlane',
  'maszyny-rolnicze',
  'przyczepy',
])

/** What an address of Otomoto.pl is; null for another host. */
export function recogniseOtomoto(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  if (segments.slice(0, -1).includes('oferta'))
    return { kind: 'offer', externalId: idOfPath(url.pathname), url: ORIGIN + url.pathname }
  if (!BRANCHES.has(segments[0] ?? '')) return { kind: 'other' }
  const params = cleanParams(url.searchParams, /^search\[(order|advanced_search_expanded)\]$/)
  const path = pathOf(segments)
  return {
    kind: 'result',
    key: addressOf(ORIGIN, path, params),
    url: addressOf(ORIGIN, path, withOrder(params, 'search[order]', 'created_at_first:desc')),
    says: tellFacts(segments, params),
  }
}

/** Years (`od-2004`), bodies (`seg-sedan`) and the like are filters in the path, not categories. */
const FILTER_SEGMENT = /^(od|do|seg|ver|q|gen|engine|fuel)-/

function tellFacts(segments: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const distance = value('search[dist]')
  const path = segments.filter((segment) => !FILTER_SEGMENT.test(segment))
  const place = distance !== null && path.length > 1 ? (path.at(-1) ?? null) : null
  const query = segments.find((segment) => segment.startsWith('q-'))?.slice(2) ?? value('search[filter_enum_q]')
  return {
    category: place === null ? path : path.slice(0, -1),
    place,
    distance: distance !== null && /^\d{1,4}$/.test(distance) ? Number(distance) : null,
    query: query?.replaceAll('-', ' ').trim() || null,
    priceFrom: asMinorText(value('search[filter_float_price:from]'), 'PLN'),
    priceTo: asMinorText(value('search[filter_float_price:to]'), 'PLN'),
    currency: 'PLN',
    others:
      segments.filter((segment) => FILTER_SEGMENT.test(segment) && !segment.startsWith('q-')).length +
      countFilters(params, TOLD),
  }
}

const TOLD = /^search\[(dist|filter_enum_q|lat|lon|filter_float_price:(from|to))\]$/
