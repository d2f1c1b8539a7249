import { addressOf, cleanParams, type Param, pathOf, segmentsOf, withOrder } from '../page/clean-params'
import { idOfPath } from '../page/decode-id'
import type { Recognised } from '../source'
import { hostsOf, type OlxSite, originOf } from './olx-site'
import { tellFacts } from './tell-facts'

/** Pages of the sites that are neither a search nor an advert, as the sites' own tables of addresses name them. */
const OTHER = new Set(
  `konto account login logowanie rejestracja myaccount mojolx moj-olx myolx nowe-ogloszenie adding post-new-ad
   obserwowane observed favorites ulubione pomoc help regulamin polityka-prywatnosci polityka-cookies mapa-strony sitemap
   sitemap.xml robots.txt kariera bezpieczenstwo reklama kontakt contact wiadomosci chat czat platnosci payments payment app
   static apps uzytkownik users user oferta ad obyavlenie anuncio cennik blog.html safedealorders ep employers company
   business-card profile popular ishchu-rabotu`.split(/\s+/),
)

const ADVERTS = /^(oferta|ad|obyavlenie|anuncio)$/

/** What an address of a country's OLX is; null for another host. `/d/` at the front and `m.` are old names of the same pages. */
export function recogniseOlx(url: URL, site: OlxSite): Recognised | null {
  if (!hostsOf(site).includes(url.hostname)) return null
  const segments = withoutPrefix(segmentsOf(url.pathname), site)
  const [first, second] = segments
  if (ADVERTS.test(first ?? '') && second) return offer(url.pathname, site)
  if (segments.join('/') === 'api/v1/offers') return recogniseApi(url, site)
  if (first === undefined || first === 'api' || OTHER.has(first) || second === 'uzytkownik') return { kind: 'other' }
  const params = cleanParams(url.searchParams, /^search\[order\]$/)
  const path = pathOf(site.asked === null ? segments : [site.asked, ...segments])
  return result(`${path}/`, params, 'search[order]', segments, site)
}

function withoutPrefix(segments: readonly string[], site: OlxSite): readonly string[] {
  const [first = ''] = segments
  return first === 'd' || site.languages.includes(first) ? withoutPrefix(segments.slice(1), site) : segments
}

function offer(path: string, site: OlxSite): Recognised {
  return { kind: 'offer', externalId: idOfPath(path), url: originOf(site) + path }
}

function recogniseApi(url: URL, site: OlxSite): Recognised {
  return result('/api/v1/offers', cleanParams(url.searchParams, /^sort_by$/), 'sort_by', [], site)
}

function result(
  path: string,
  params: readonly Param[],
  order: string,
  segments: readonly string[],
  site: OlxSite,
): Recognised {
  return {
    kind: 'result',
    key: addressOf(originOf(site), path, params),
    url: addressOf(originOf(site), path, withOrder(params, order, 'created_at:desc')),
    says: tellFacts(segments, params, site),
  }
}
