import { sameSite } from '../page/clean-url'
import { judgeStatus } from '../page/judge-block'
import { judgeList, placeSet, whyNoAdverts } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { asArray, asCount, asObject, at, parseJson } from '../page/read-json'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mapOffer } from './map-offer'

const VARIANT = 'api-v1'

/** Five times what 65 adverts take: JSON.parse of more would stop everything else for seconds. */
const MOST_BYTES = 2 * 1024 * 1024

/** An answer of the JSON API: a list, one advert, bare adverts without their answer, or an error. */
export function parseApi(bytes: Buffer, page: PageInput): ParsedPage {
  if (bytes.length > MOST_BYTES) return apiPage('changed', { reason: `${bytes.length} bytes, more than adverts need` })
  const answer = parseJson(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  if (answer === null) return apiPage('changed', { reason: 'the JSON is cut short or broken' })
  const data = asArray(answer) ?? asArray(at(answer, 'data'))
  if (data) return data.length === 0 ? emptyAnswer(answer) : listPage(data, answer, page)
  const single = asObject(at(answer, 'data')) ?? answer
  if (at(single, 'id') !== undefined && at(single, 'title') !== undefined) return listPage([single], null, page)
  return errorAnswer(answer)
}

function apiPage(verdict: ParsedPage['verdict'], known: Partial<ParsedPage>): ParsedPage {
  const kind: PageKind = 'api'
  return { ...makePage('olx', kind, verdict, { variant: VARIANT }), ...known }
}

function listPage(data: readonly unknown[], answer: unknown, page: PageInput): ParsedPage {
  const promoted = placeSet(asArray(at(answer, 'metadata', 'promoted')))
  const judged = judgeList(data, (offer, place) => mapOffer(offer, page.url, promoted?.has(place) ?? null))
  const next = sameSite(at(answer, 'links', 'next', 'href') ?? at(answer, 'links', 'next'), page.url)
  return apiPage(judged.verdict, { ...judged, total: totalOf(answer), next })
}

function totalOf(answer: unknown): number | null {
  return asCount(at(answer, 'metadata', 'visible_total_count')) ?? asCount(at(answer, 'metadata', 'total_elements'))
}

function emptyAnswer(answer: unknown): ParsedPage {
  const total = totalOf(answer)
  if (total === 0) return apiPage('empty', { total })
  return apiPage('changed', { total, reason: whyNoAdverts(total) })
}

function errorAnswer(answer: unknown): ParsedPage {
  const status = asCount(at(answer, 'error', 'status')) ?? asCount(at(answer, 'error', 'code'))
  const judged = status === null ? null : judgeStatus(status)
  return apiPage(judged?.verdict ?? 'changed', { reason: judged?.reason ?? 'the JSON holds no adverts' })
}
