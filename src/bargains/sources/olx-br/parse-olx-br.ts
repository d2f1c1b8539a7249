import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { hasNextData } from '../page/read-next-data'
import { saysNotFound } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { findAds } from './find-ads'
import { findDetail, mentionsDetail } from './find-detail'
import { mapDetail } from './map-detail'
import { parseListing } from './parse-listing'
import { recogniseOlxBr } from './recognise-olx-br'

/**
 * Any answer of OLX Brasil → a judged page. It shares its name alone with the other countries' OLX. How it says that an
 * advert is gone is not known but for its status.
 */
export function parseOlxBr(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseOlxBr(new URL(page.url)) : null
  const kind: PageKind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('olx-br', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const listing = kind === 'offer' ? null : findAds(bytes)
  if (listing) return parseListing(listing, page)
  const detail = findDetail(bytes)
  if (detail !== null) return detailPage(detail, page)
  if (kind !== 'offer' || !findAds(bytes)) return judgeBare(bytes, kind)
  return makePage('olx-br', 'offer', 'changed', { reason: 'an advert was asked, a result page came' })
}

function detailPage(ad: unknown, page: PageInput): ParsedPage {
  const judged = judgeItems([mapDetail(ad, page.url)])
  return makePage('olx-br', 'offer', judged.verdict, { ...judged, variant: 'data-json-2026' })
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  if (hasNextData(bytes) || mentionsDetail(bytes)) {
    return makePage('olx-br', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
  }
  const block = findBlock(bytes)
  if (block !== null) return makePage('olx-br', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('olx-br', kind, 'gone', { reason: 'the page calls itself not found' })
  return makePage('olx-br', kind, 'changed', { reason: 'no state, no adverts, no message of the site' })
}
