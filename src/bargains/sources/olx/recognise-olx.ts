import { addressOf, cleanParams, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { idOfPath } from '../page/decode-id'
import type { Recognised } from '../source'
import { tellFacts } from './tell-facts'

export const HOSTS = ['www.olx.pl', 'olx.pl', 'm.olx.pl'] as const
const ORIGIN = 'https://www.olx.pl'

/** Pages of the site that are neither a search nor an advert. */
const OTHER = new Set(
  `konto account login logowanie rejestracja myaccount mojolx moj-olx myolx nowe-ogloszenie adding post-new-ad
   obserwowane observed favorites ulubione pomoc help regulamin polityka-prywatnosci polityka-cookies mapa-strony sitemap
   sitemap.xml robots.txt kariera bezpieczenstwo reklama kontakt wiadomosci chat czat platnosci payments app static apps
   uzytkownik users user oferta ad obyavlenie cennik blog.html`.split(/\s+/),
)

/** What an address of OLX.pl is; null for another host. `/d/` at the front and `m.` are old names of the same pages. */
export function recogniseOlx(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = withoutPrefix(segmentsOf(url.pathname))
  const [first, second] = segments
  if ((first === 'oferta' || first === 'ad') && second) return offer(url.pathname)
  if (segments.join('/') === 'api/v1/offers') return recogniseApi(url)
  if (first === undefined || first === 'api' || OTHER.has(first) || second === 'uzytkownik') return { kind: 'other' }
  const params = cleanParams(url.searchParams, /^search\[order\]$/)
  return result(`${pathOf(segments)}/`, params, 'search[order]', segments)
}

function withoutPrefix(segments: readonly string[]): readonly string[] {
  return segments[0] === 'd' ? withoutPrefix(segments.slice(1)) : segments
}

function offer(path: string): Recognised {
  return { kind: 'offer', externalId: idOfPath(path), url: ORIGIN + path }
}

function recogniseApi(url: URL): Recognised {
  return result('/api/v1/offers', cleanParams(url.searchParams, /^sort_by$/), 'sort_by', [])
}

function result(path: string, params: readonly Param[], order: string, segments: readonly string[]): Recognised {
  return {
    kind: 'result',
    key: addressOf(ORIGIN, path, params),
    url: addressOf(ORIGIN, path, withOrder(params, order, 'created_at:desc')),
    says: tellFacts(segments, params),
  }
}
