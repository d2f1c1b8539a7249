import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { saysNotFound } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { findState, mentionsState } from './find-state'
import { mapAdvert } from './map-advert'
import { parseSearch } from './parse-search'
import { recogniseOtomoto } from './recognise-otomoto'

/** Any answer of Otomoto.pl → a judged page. A removed advert has no page of its own that is known: only "not found" says it. */
export function parseOtomoto(page: PageInput): ParsedPage {
  const kind = askedKind(page.url)
  const judged = judgeAnswer(page)
  if (judged) return makePage('otomoto', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const state = findState(bytes)
  if (!state) return judgeBare(bytes, kind)
  if (state.kind === 'advert') return advertPage(state.value, page)
  if (kind !== 'offer') return parseSearch(state.value, page)
  return makePage('otomoto', 'offer', 'changed', { reason: 'an advert was asked, a result page came' })
}

function askedKind(url: string): PageKind {
  return URL.canParse(url) && recogniseOtomoto(new URL(url))?.kind === 'offer' ? 'offer' : 'result'
}

function advertPage(value: unknown, page: PageInput): ParsedPage {
  const judged = judgeItems([mapAdvert(value, page.url)])
  return makePage('otomoto', 'offer', judged.verdict, { ...judged, variant: 'advert-2025' })
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  if (bytes.includes('offer-item__') && bytes.includes('data-ad-id=')) {
    const reason = 'a page without state, as Otomoto served it until 2021'
    return makePage('otomoto', 'result', 'changed', { variant: 'html-2021', reason })
  }
  if (mentionsState(bytes))
    return makePage('otomoto', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
  const block = findBlock(bytes)
  if (block !== null) return makePage('otomoto', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('otomoto', kind, 'gone', { reason: 'the page calls itself not found' })
  return makePage('otomoto', kind, 'changed', { reason: 'no state, no adverts, no message of the site' })
}
