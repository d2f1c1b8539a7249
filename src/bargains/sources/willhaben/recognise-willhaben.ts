import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = ['www.willhaben.at', 'willhaben.at'] as const
const ORIGIN = 'https://www.willhaben.at'

/** The branches of the site that hold adverts. */
const BRANCHES = new Set(['kaufen-und-verkaufen', 'immobilien', 'gebrauchtwagen', 'auto', 'jobs', 'motornetzwerk'])

/** What an address of willhaben is; null for another host. */
export function recogniseWillhaben(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  const id = segments.includes('d') ? /-(\d{6,12})$/.exec(segments.at(-1) ?? '')?.[1] : undefined
  if (id) return { kind: 'offer', externalId: id, url: ORIGIN + url.pathname }
  if (segments[0] === 'iad' && segments[1] === 'object') {
    return { kind: 'offer', externalId: /^\d+$/.exec(url.searchParams.get('adId') ?? '')?.[0] ?? null, url: url.href }
  }
  if (segments[0] !== 'iad' || !BRANCHES.has(segments[1] ?? '')) return { kind: 'other' }
  const params = cleanParams(url.searchParams, /^(sort|sfid|isnavigation|rows|publisheddateto)$/i)
  const path = pathOf(segments)
  return {
    kind: 'result',
    key: addressOf(ORIGIN, path, params),
    // The site's own list of orders calls 1 "Aktualität".
    url: addressOf(ORIGIN, path, withOrder(params, 'sort', '1')),
    says: tellFacts(segments.slice(1), params),
  }
}

function tellFacts(category: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  return {
    category,
    place: null,
    distance: null,
    query: value('keyword'),
    priceFrom: asMinorText(value('PRICE_FROM'), 'EUR'),
    priceTo: asMinorText(value('PRICE_TO'), 'EUR'),
    currency: 'EUR',
    others: countFilters(params, /^(keyword|PRICE_FROM|PRICE_TO)$/),
  }
}
