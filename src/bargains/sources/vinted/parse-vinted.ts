import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage, withPage } from '../page/make-page'
import { parseSchemaOffer } from '../page/parse-schema-offer'
import { namesUnread } from '../page/prune-json'
import { asArray, asCount, at } from '../page/read-json'
import { readJsonAnswer } from '../page/read-json-answer'
import { saysNotFound } from '../page/read-title'
import type { PageInput, ParsedPage } from '../source'
import { mapItem } from './map-item'
import { recogniseVinted } from './recognise-vinted'

/** Three fifths of the answer: each picture in eight sizes, and how the site draws its card. */
const UNREAD = namesUnread('thumbnails', 'item_box', 'high_resolution', 'service_fee', 'search_tracking_params')

/** An answer of Vinted's catalogue API, or an item's page by its schema.org data → a judged page. */
export function parseVinted(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseVinted(new URL(page.url)) : null
  const kind = asked?.kind === 'offer' ? 'offer' : 'api'
  const judged = judgeAnswer(page)
  if (judged) return makePage('vinted', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const answer = readJsonAnswer(bytes, UNREAD)
  if (answer !== null) return parseCatalogue(answer, page)
  const offer = asked?.kind === 'offer' ? parseSchemaOffer(page, 'vinted', asked.externalId) : null
  return offer ?? judgeBare(bytes, kind)
}

function parseCatalogue(answer: unknown, page: PageInput): ParsedPage {
  const items = asArray(at(answer, 'items'))
  const pagination = at(answer, 'pagination')
  if (!items) return makePage('vinted', 'api', 'changed', { reason: 'a JSON answer without items' })
  const total = asCount(at(pagination, 'total_entries'))
  const known = { variant: 'api-v2', total }
  if (items.length === 0) {
    return makePage('vinted', 'api', total === 0 ? 'empty' : 'changed', {
      ...known,
      reason: total === 0 ? null : whyNoAdverts(total),
    })
  }
  const judged = judgeList(items, (item) => mapItem(item, page.url))
  return makePage('vinted', 'api', judged.verdict, { ...known, ...judged, next: nextOf(pagination, page.url) })
}

function nextOf(pagination: unknown, url: string): string | null {
  const [current, last] = [asCount(at(pagination, 'current_page')), asCount(at(pagination, 'total_pages'))]
  return current !== null && last !== null && current < last ? withPage(url, current + 1) : null
}

function judgeBare(bytes: Buffer, kind: 'offer' | 'api'): ParsedPage {
  const block = findBlock(bytes)
  if (block !== null) return makePage('vinted', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('vinted', kind, 'gone', { reason: 'the page says that it is not found' })
  return makePage('vinted', kind, 'changed', { reason: 'no answer of the catalogue API' })
}
