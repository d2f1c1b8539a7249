import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage, withPage } from '../page/make-page'
import { parseSchemaOffer } from '../page/parse-schema-offer'
import { namesUnread } from '../page/prune-json'
import { asArray, asCount, at } from '../page/read-json'
import { readJsonAnswer } from '../page/read-json-answer'
import { hasNextData, readNextData } from '../page/read-next-data'
import { saysNotFound } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mapAdvert } from './map-advert'
import { recogniseWillhaben } from './recognise-willhaben'

/** Half of the state: the filters beside the list, and further addresses of each advert. */
const UNREAD = namesUnread(
  'navigatorGroups',
  'contextLinkList',
  'thumbnailImageUrl',
  'similarImageSearchUrl',
  'taggingData',
)

/** Any answer of willhaben → a judged page. An advert's own page is read by its schema.org data. */
export function parseWillhaben(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseWillhaben(new URL(page.url)) : null
  const kind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('willhaben', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const answer = readJsonAnswer(bytes)
  if (answer !== null) return parseAnswer(answer)
  if (asked?.kind === 'offer') return parseSchemaOffer(page, 'willhaben', asked.externalId) ?? judgeBare(bytes, kind)
  const state = readNextData(bytes, [['searchResult']], UNREAD)
  return state ? parseResult(state.value, page) : judgeBare(bytes, kind)
}

function parseResult(result: unknown, page: PageInput): ParsedPage {
  const adverts = asArray(at(result, 'advertSummaryList', 'advertSummary'))
  if (!adverts) return makePage('willhaben', 'result', 'changed', { reason: 'a state without a list of adverts' })
  const total = asCount(at(result, 'rowsFound'))
  const known = { variant: 'next-2026', total }
  if (adverts.length === 0) {
    const reason = total === 0 ? null : whyNoAdverts(total)
    return makePage('willhaben', 'result', total === 0 ? 'empty' : 'changed', { ...known, reason })
  }
  const judged = judgeList(adverts, mapAdvert, asCount(at(result, 'rowsReturned')))
  return makePage('willhaben', 'result', judged.verdict, { ...known, ...judged, next: nextOf(result, page.url) })
}

function nextOf(result: unknown, url: string): string | null {
  const [rows, found, at1] = ['rowsRequested', 'rowsFound', 'pageRequested'].map((name) => asCount(at(result, name)))
  return rows && found && at1 && at1 * rows < found ? withPage(url, at1 + 1) : null
}

function parseAnswer(answer: unknown): ParsedPage {
  const adverts = asArray(at(answer, 'advertSummary')) ?? asArray(at(answer, 'advertSummaryList', 'advertSummary'))
  if (!adverts || adverts.length === 0) {
    return makePage('willhaben', 'api', 'changed', { reason: 'a JSON answer without adverts' })
  }
  const judged = judgeList(adverts, mapAdvert)
  return makePage('willhaben', 'api', judged.verdict, { variant: 'api-2026', ...judged })
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  if (hasNextData(bytes)) {
    return makePage('willhaben', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
  }
  const block = findBlock(bytes)
  if (block !== null) return makePage('willhaben', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('willhaben', kind, 'gone', { reason: 'the page says that it is not found' })
  return makePage('willhaben', kind, 'changed', { reason: 'no state and no adverts' })
}
