import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems, judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { parseSchemaOffer } from '../page/parse-schema-offer'
import { namesUnread } from '../page/prune-json'
import { asArray, asCount, asObject, at } from '../page/read-json'
import { readJsonAnswer } from '../page/read-json-answer'
import { hasNextData, readNextData } from '../page/read-next-data'
import { assignedValues, readState } from '../page/read-state'
import { saysNotFound } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { idOf, mapListing, mapOffer } from './map-listing'
import { recogniseMarktplaats } from './recognise-marktplaats'

/** Half of the state: the filters beside the list, and the smaller sizes of each picture. */
const UNREAD = namesUnread(
  ...['facets', 'searchCategoryOptions', 'extendedAttributes', 'categorySpecificDescription', 'verticals'],
  ...['extraSmallUrl', 'mediumUrl'],
)

/** Any answer of Marktplaats → a judged page. */
export function parseMarktplaats(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseMarktplaats(new URL(page.url)) : null
  const kind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('marktplaats', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const answer = readJsonAnswer(bytes, UNREAD)
  if (answer !== null) return parseList(answer, page, 'api')
  if (asked?.kind === 'offer') {
    const schema = parseSchemaOffer(page, 'marktplaats', asked.externalId)
    return parseOffer(bytes, page) ?? schema ?? judgeBare(bytes, kind)
  }
  const state = readNextData(bytes, [['searchRequestAndResponse']], UNREAD)
  return state ? parseList(state.value, page, 'result') : judgeBare(bytes, kind)
}

function parseList(answer: unknown, page: PageInput, kind: 'api' | 'result'): ParsedPage {
  const own = asArray(at(answer, 'listings'))
  if (!own) return makePage('marktplaats', kind, 'changed', { reason: 'an answer without a list of adverts' })
  const total = asCount(at(answer, 'totalResultCount'))
  const known = { variant: kind === 'api' ? 'api-lrp' : 'next-2025', total }
  const listings = [...own, ...paidFor(answer, own)]
  if (listings.length === 0) {
    const reason = total === 0 ? null : whyNoAdverts(total)
    return makePage('marktplaats', kind, total === 0 ? 'empty' : 'changed', { ...known, reason })
  }
  const judged = judgeList(listings, (listing) => mapListing(listing, page.url))
  const next = nextOf(answer, page.url, own.length, total)
  return makePage('marktplaats', kind, judged.verdict, { ...known, ...judged, next })
}

/** Adverts above the list; some of them stand in the list as well. */
function paidFor(answer: unknown, own: readonly unknown[]): readonly unknown[] {
  const ids = new Set(own.map((listing) => idOf(at(listing, 'itemId'))))
  return (asArray(at(answer, 'topBlock')) ?? []).filter((listing) => !ids.has(idOf(at(listing, 'itemId'))))
}

/** The API counts adverts, pages are numbered in the path. */
function nextOf(answer: unknown, url: string, shown: number, total: number | null): string | null {
  const asked = at(answer, 'searchRequest', 'pagination')
  const next = new URL(url)
  if (next.pathname.includes('/lrp/api/')) {
    const offset = (Number.parseInt(next.searchParams.get('offset') ?? '0', 10) || 0) + shown
    next.searchParams.set('offset', String(offset))
    return total !== null && offset < total && shown > 0 ? next.href : null
  }
  const [offset, limit, last] = [
    asCount(at(asked, 'offset')),
    asCount(at(asked, 'limit')),
    asCount(at(answer, 'maxAllowedPageNumber')),
  ]
  if (offset === null || !limit || total === null || offset + limit >= total) return null
  const number = Math.floor(offset / limit) + 2
  next.pathname = `${next.pathname.replace(/\/p\/\d+\/?$/, '').replace(/\/$/, '')}/p/${number}/`
  return last !== null && number > last ? null : next.href
}

function parseOffer(bytes: Buffer, page: PageInput): ParsedPage | null {
  for (const start of assignedValues(bytes, '__CONFIG__')) {
    const listing = asObject(readState(bytes, start, [['listing']])?.value)
    if (!listing || idOf(listing.itemId) === null) continue
    const judged = judgeItems([mapOffer(listing, page.url)])
    return makePage('marktplaats', 'offer', judged.verdict, { ...judged, variant: 'config-2026' })
  }
  return null
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  if (hasNextData(bytes)) {
    return makePage('marktplaats', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
  }
  const block = findBlock(bytes)
  if (block !== null) return makePage('marktplaats', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) {
    return makePage('marktplaats', kind, 'gone', { reason: 'the page says that it is not found' })
  }
  return makePage('marktplaats', kind, 'changed', { reason: 'no state and no adverts' })
}
