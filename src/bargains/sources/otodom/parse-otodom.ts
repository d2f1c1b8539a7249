import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems } from '../page/judge-items'
import { judgeStatusWord } from '../page/judge-status-word'
import { makePage } from '../page/make-page'
import { namesUnread } from '../page/prune-json'
import { asObject, asText } from '../page/read-json'
import { hasNextData, readNextData } from '../page/read-next-data'
import { saysNotFound } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mapAd } from './map-ad'
import { parseSearch } from './parse-search'
import { recogniseOtodom } from './recognise-otodom'

const SEARCH = ['data', 'searchAds'] as const
const AD = ['ad'] as const

/** Half of the state: what the site shows beside an advert, and words about its place that others say as well. */
const UNREAD = namesUnread(
  ...['seo', 'details', 'geometry', 'locationsObjects', 'locationLabel', 'userAdverts', 'breadcrumbs', 'property'],
  ...['topInformation', 'additionalInformation', 'featuresByCategory', 'specialOffer', '__typename'],
)

/** Any answer of Otodom.pl from 2023 on → a judged page. */
export function parseOtodom(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseOtodom(new URL(page.url)) : null
  const kind: PageKind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('otodom', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const state = readNextData(bytes, [SEARCH, AD], UNREAD)
  if (!state) return judgeBare(bytes, kind)
  if (state.path[0] === AD[0]) return advertPage(state.value, page)
  if (kind !== 'offer') return parseSearch(state.value, page)
  // Without the site's own word nothing is closed.
  return makePage('otodom', 'offer', 'changed', { reason: 'an advert was asked, a result page came' })
}

function advertPage(value: unknown, page: PageInput): ParsedPage {
  const ad = asObject(value) ?? {}
  const status = ad.status === undefined ? 'active' : (asText(ad.status) ?? 'none')
  const variant = 'next-ad-2023'
  if (status === 'active') {
    const judged = judgeItems([mapAd(ad, page.url)])
    return makePage('otodom', 'offer', judged.verdict, { ...judged, variant })
  }
  const reason = `the advert's status is "${status}"`
  return makePage('otodom', 'offer', judgeStatusWord(status) ?? 'changed', { variant, reason })
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  if (hasNextData(bytes)) {
    return makePage('otodom', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
  }
  if (isOld(bytes)) {
    const reason = 'a page as Otodom served it until 2021'
    return makePage('otodom', kind, 'changed', { variant: 'html-2021', reason })
  }
  const block = findBlock(bytes)
  if (block !== null) return makePage('otodom', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('otodom', kind, 'gone', { reason: 'the page calls itself not found' })
  return makePage('otodom', kind, 'changed', { reason: 'no state, no adverts, no message of the site' })
}

/** Lists of `article.offer-item`, and adverts with their state under another name. */
function isOld(bytes: Buffer): boolean {
  return bytes.includes('id="server-app-state"') || (bytes.includes('offer-item-') && bytes.includes('data-item-id='))
}
