import { sameSite } from '../page/clean-url'
import { toUtf8 } from '../page/decode-bytes'
import { elementsOf } from '../page/inside-card'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems, judgeList } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { nextOf } from '../page/next-of'
import { readDom, stretchOf, textAt, tidy } from '../page/read-dom'
import { saysNotFound } from '../page/read-title'
import { tellCut } from '../page/tell-cut'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mapCard } from './map-card'
import { mapOffer, saysClosed } from './map-offer'
import { recogniseKleinanzeigen } from './recognise-kleinanzeigen'

/** Any answer of Kleinanzeigen → a judged page. The site has no state: the cards are the page. */
export function parseKleinanzeigen(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseKleinanzeigen(new URL(page.url)) : null
  const kind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('kleinanzeigen', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  const read = kind === 'offer' ? parseOffer(bytes, page.url) : parseCards(bytes, page.url)
  return read ?? judgeBare(bytes, kind)
}

function parseOffer(bytes: Buffer, url: string): ParsedPage | null {
  const $ = bytes.includes('id="viewad-title"') ? readDom(ownPartOf(bytes)) : null
  if (!$ || $('#viewad-title').length === 0) return null
  if (saysClosed($)) return makePage('kleinanzeigen', 'offer', 'gone', { reason: 'the page says that it is closed' })
  const judged = judgeItems([mapOffer($, headOf(bytes), url)])
  return makePage('kleinanzeigen', 'offer', judged.verdict, { ...judged, variant: 'page-2022' })
}

/** Between the menus and what else the site offers; all of it where that is not found. */
function ownPartOf(bytes: Buffer): Buffer {
  const start = bytes.indexOf('<section id="viewad-main"')
  const last = start < 0 ? -1 : bytes.indexOf('id="viewad-ad-id-box"', start)
  const end = last < 0 ? -1 : bytes.indexOf('</section>', last)
  return end < 0 ? bytes : bytes.subarray(start, end)
}

/** The page's own words about itself, of which a tree would be made for three of them. */
function headOf(bytes: Buffer): string {
  const end = bytes.indexOf('</head>')
  return bytes.toString('utf8', 0, end < 0 ? Math.min(bytes.length, 256 * 1024) : end)
}

function parseCards(bytes: Buffer, url: string): ParsedPage | null {
  const dom = bytes.includes('class="aditem"') ? readDom(stretchOf(bytes, 'ad-listitem', '</article>')) : null
  const cards = dom ? elementsOf(dom, 'article.aditem[data-adid]') : []
  if (cards.length === 0) return null
  const read = judgeList(cards, (card) => mapCard(card, url))
  // The pager stands below the last card.
  const judged = bytes.includes('id="srchrslt-pagination"') ? read : tellCut(read, bytes)
  const next = nextOf(bytes, url) ?? pagerOf(bytes, url)
  const known = { variant: 'cards-2022', total: totalOf(bytes), next }
  return makePage('kleinanzeigen', 'result', judged.verdict, { ...judged, ...known })
}

function pagerOf(bytes: Buffer, url: string): string | null {
  const href = /^[^<>]*\shref="([^"<>]*)"/.exec(textAt(bytes, 'class="pagination-next"'))?.[1]
  return href === undefined ? null : sameSite(href.replaceAll('&amp;', '&'), url)
}

/** "51 - 75 von 2.538 Ergebnissen für …" */
function totalOf(bytes: Buffer): number | null {
  const summary = /^[^<>]*>([^<]*)/.exec(textAt(bytes, 'class="breadcrump-summary"'))?.[1] ?? ''
  const count = /\bvon ([\d.]{1,12})/.exec(tidy(summary) ?? '')?.[1]?.replaceAll('.', '')
  return count && Number(count) < 2 ** 31 ? Number(count) : null
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  const block = findBlock(bytes)
  if (block !== null) return makePage('kleinanzeigen', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) {
    return makePage('kleinanzeigen', kind, 'gone', { reason: 'the page says that it is not found' })
  }
  return makePage('kleinanzeigen', kind, 'changed', { reason: 'neither cards nor an advert' })
}
