import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = ['www.marktplaats.nl', 'marktplaats.nl'] as const
const ORIGIN = 'https://www.marktplaats.nl'
const API = ['lrp', 'api', 'search']

/** What an address of Marktplaats is; null for another host. What stands behind `#` never reaches the site. */
export function recogniseMarktplaats(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  const id = segments[0] === 'v' ? /^([am]\d+)(?:-|$)/.exec(segments.at(-1) ?? '')?.[1] : undefined
  if (id) return { kind: 'offer', externalId: id, url: ORIGIN + url.pathname }
  const isApi = segments.join('/') === API.join('/')
  if (!isApi && !['l', 'q', 'z'].includes(segments[0] ?? '')) return { kind: 'other' }
  if (segments.length < 2) return { kind: 'other' }
  return isApi ? recogniseApi(url) : recognisePath(segments, url)
}

function recogniseApi(url: URL): Recognised {
  const params = cleanParams(url.searchParams, /^(sortby|sortorder)$/i)
  const newest = withOrder(withOrder(params, 'sortBy', 'SORT_INDEX'), 'sortOrder', 'DECREASING')
  const path = pathOf(API)
  const query = params.find(([name]) => name === 'query')?.[1] ?? null
  const key = addressOf(ORIGIN, path, params)
  return { kind: 'result', key, url: addressOf(ORIGIN, path, newest), says: tellFacts([], query, params) }
}

/** `/l/auto-s/`, `/q/fiets/`, `/l/auto-s/q/diesel/`; a page number (`/p/2/`) is no part of the search. */
function recognisePath(given: readonly string[], url: URL): Recognised {
  const paged = given.indexOf('p')
  const segments = paged > 0 && /^\d+$/.test(given[paged + 1] ?? '') ? given.slice(0, paged) : given
  const params = cleanParams(url.searchParams, /^(sortby|sortorder)$/i)
  const asked = segments.indexOf('q')
  const query = asked >= 0 ? (segments[asked + 1]?.replaceAll('+', ' ') ?? null) : null
  const category = segments[0] === 'l' ? segments.slice(1, asked >= 0 ? asked : undefined) : []
  const key = addressOf(ORIGIN, `${pathOf(segments)}/`, params)
  return { kind: 'result', key, url: key, says: tellFacts(category, query, params) }
}

function tellFacts(category: readonly string[], query: string | null, params: readonly Param[]): SearchFacts {
  const none = { place: null, distance: null, priceFrom: null, priceTo: null }
  return { ...none, category, query, currency: 'EUR', others: countFilters(params, /^query$/) }
}
