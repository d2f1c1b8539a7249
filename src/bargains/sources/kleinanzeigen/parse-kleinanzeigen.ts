import type { CheerioAPI } from 'cheerio/slim'
import { sameSite } from '../page/clean-url'
import { toUtf8 } from '../page/decode-bytes'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems, judgeList } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { readDom, tidy } from '../page/read-dom'
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
  const isPage = bytes.includes('class="aditem"') || bytes.includes('id="viewad-title"')
  const dom = isPage ? readDom(bytes) : null
  if (!dom) return judgeBare(bytes, kind)
  if (kind === 'offer') return parseOffer(dom, page.url) ?? judgeBare(bytes, kind)
  return parseCards(dom, bytes, page.url) ?? judgeBare(bytes, kind)
}

function parseOffer($: CheerioAPI, url: string): ParsedPage | null {
  if ($('#viewad-title').length === 0) return null
  if (saysClosed($)) return makePage('kleinanzeigen', 'offer', 'gone', { reason: 'the page says that it is closed' })
  const judged = judgeItems([mapOffer($, url)])
  return makePage('kleinanzeigen', 'offer', judged.verdict, { ...judged, variant: 'page-2022' })
}

function parseCards($: CheerioAPI, bytes: Buffer, url: string): ParsedPage | null {
  const cards = $('article.aditem[data-adid]')
  if (cards.length === 0) return null
  const read = judgeList(cards.toArray(), (_, place) => mapCard(cards.eq(place), url))
  // The pager stands below the last card.
  const judged = $('#srchrslt-pagination').length > 0 ? read : tellCut(read, bytes)
  const next = sameSite($('link[rel="next"]').attr('href') ?? $('a.pagination-next').attr('href'), url)
  const known = { variant: 'cards-2022', total: totalOf($), next }
  return makePage('kleinanzeigen', 'result', judged.verdict, { ...judged, ...known })
}

/** "51 - 75 von 2.538 Ergebnissen für …" */
function totalOf($: CheerioAPI): number | null {
  const count = /\bvon ([\d.]{1,12})/.exec(tidy($('.breadcrump-summary').text()) ?? '')?.[1]?.replaceAll('.', '')
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
