import { addressOf, cleanParams, countFilters, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

const ORIGIN = 'https://www.olx.com.br'

/** Adverts stand at the host of their state. */
const STATES = 'ac al am ap ba ce df es go ma mg ms mt pa pb pe pi pr rj rn ro rr rs sc se sp to'.split(' ')

export const HOSTS: readonly string[] = [
  'www.olx.com.br',
  'olx.com.br',
  'm.olx.com.br',
  ...STATES.map((state) => `${state}.olx.com.br`),
]

/** Pages of the site that are neither a search nor an advert. */
const OTHER = /^(api|conta|chat|ajuda|perfil|favoritos|anunciar|vi|termos|seguranca|sitemap|robots\.txt|_next)$/

/** What an address of OLX Brasil is; null for another host. An advert ends in its number. */
export function recogniseOlxBr(url: URL): Recognised | null {
  if (!HOSTS.includes(url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  const last = segments.at(-1) ?? ''
  const externalId = /^\d{8,12}$|-(\d{8,12})$/.exec(last)
  if (externalId) return { kind: 'offer', externalId: externalId[1] ?? last, url: originOf(url) + url.pathname }
  if (segments.length === 0 || OTHER.test(segments[0] ?? '')) return { kind: 'other' }
  return result(originOf(url), segments, cleanParams(url.searchParams, /^(o|sf|sp|lis)$/))
}

function originOf(url: URL): string {
  return STATES.some((state) => url.hostname === `${state}.olx.com.br`) ? `https://${url.hostname}` : ORIGIN
}

/** `sf=1` asks for the newest first; where the site orders otherwise, the page says so. */
function result(origin: string, segments: readonly string[], params: readonly Param[]): Recognised {
  const path = pathOf(segments)
  return {
    kind: 'result',
    key: addressOf(origin, path, params),
    url: addressOf(origin, path, withOrder(params, 'sf', '1')),
    says: tellFacts(segments, params),
  }
}

/** Places begin at `estado-sp`; before them stand the categories and filters that have a name in the path. */
function tellFacts(segments: readonly string[], params: readonly Param[]): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const state = segments.findIndex((segment) => segment.startsWith('estado-'))
  const category = (state < 0 ? segments : segments.slice(0, state)).filter((segment) => segment !== 'brasil')
  return {
    category,
    place: state < 0 ? null : (segments.at(-1)?.replace(/^estado-/, '') ?? null),
    distance: null,
    query: value('q'),
    priceFrom: asMinorText(value('ps'), 'BRL'),
    priceTo: asMinorText(value('pe'), 'BRL'),
    currency: 'BRL',
    others: countFilters(params, /^(q|ps|pe)$/),
  }
}
