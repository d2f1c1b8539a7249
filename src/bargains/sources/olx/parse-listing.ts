import { sameSite } from '../page/clean-url'
import { judgeList, placeSet, whyNoAdverts } from '../page/judge-items'
import { makePage, withPage } from '../page/make-page'
import { asArray, asCount, asObject, asText, at, type JsonObject } from '../page/read-json'
import type { PageInput, ParsedPage } from '../source'
import { mapAd } from './map-ad'
import { nameVariant } from './name-variant'

/** A result page from the member `listing.listing` of its state. */
export function parseListing(value: unknown, page: PageInput): ParsedPage {
  const listing = asObject(value) ?? {}
  const ads = asArray(listing.ads)
  const variant = nameVariant(ads?.[0])
  if (!ads) return makePage('olx', 'result', 'changed', { variant, reason: 'the state has no list of adverts' })
  const total = asCount(listing.visibleElements) ?? asCount(listing.totalElements)
  if (ads.length === 0) return emptyPage(listing, variant)
  const promoted = placeSet(places(listing, 'promoted'))
  const judged = judgeList(ads, (ad, place) => mapAd(ad, page.url, promoted?.has(place) ?? null), expectedOf(listing))
  return makePage('olx', 'result', judged.verdict, {
    ...judged,
    variant,
    total,
    next: nextOf(listing, page.url),
    api: apiOf(listing, page.url),
  })
}

function places(listing: JsonObject, kind: string): readonly unknown[] | null {
  return asArray(at(listing, 'metaData', 'searchReason', kind))
}

/** The list's own index of its places says how many adverts it was sent with. */
function expectedOf(listing: JsonObject): number | null {
  const [promoted, organic] = [places(listing, 'promoted'), places(listing, 'organic')]
  return promoted && organic ? promoted.length + organic.length : null
}

/** No adverts are the site's own "nothing found" only where the site does not count some on this very page. */
function emptyPage(listing: JsonObject, variant: string): ParsedPage {
  const total = asCount(listing.visibleElements) ?? asCount(listing.totalElements)
  if ((total === 0 || isBeyond(listing)) && (expectedOf(listing) ?? 0) === 0) {
    return makePage('olx', 'result', 'empty', { variant, total })
  }
  return makePage('olx', 'result', 'changed', { variant, total, reason: whyNoAdverts(total) })
}

/** A page behind the last one. */
function isBeyond(listing: JsonObject): boolean {
  const [number, pages] = [asCount(listing.pageNumber), asCount(listing.totalPages)]
  return number !== null && number > 0 && pages !== null && number >= pages
}

/** The first page of the same search at the API, newest first as it is asked for here. */
function apiOf(listing: JsonObject, url: string): string | null {
  const said = sameSite(at(listing, 'links', 'first', 'href') ?? at(listing, 'links', 'first'), url)
  if (said === null || !URL.canParse(said)) return null
  const api = new URL(said)
  if (!api.pathname.startsWith('/api/')) return null
  if (!api.searchParams.has('sort_by')) api.searchParams.set('sort_by', 'created_at:desc')
  return api.href
}

/** The link that the page gives leads to the API; a person can open the same page by its number. */
function nextOf(listing: JsonObject, url: string): string | null {
  const number = asCount(listing.pageNumber)
  const pages = asCount(listing.totalPages)
  if (!asText(at(listing, 'links', 'next')) && !asText(at(listing, 'links', 'next', 'href'))) return null
  if (number === null || (pages !== null && number + 1 >= pages)) return null
  return withPage(url, number + 2)
}
