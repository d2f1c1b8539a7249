import { toUtf8 } from '../page/decode-bytes'
import { elementsOf } from '../page/inside-card'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeList } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { nextOf } from '../page/next-of'
import { parseSchemaOffer } from '../page/parse-schema-offer'
import { readDom, stretchOf } from '../page/read-dom'
import { saysNotFound } from '../page/read-title'
import { tellCut } from '../page/tell-cut'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mapCard } from './map-card'
import { recogniseSprzedajemy } from './recognise-sprzedajemy'

const CARD = 'class="element '

/** Any answer of Sprzedajemy.pl → a judged page. The site has no state: the cards are the page. */
export function parseSprzedajemy(page: PageInput): ParsedPage {
  const asked = URL.canParse(page.url) ? recogniseSprzedajemy(new URL(page.url)) : null
  const kind = asked?.kind === 'offer' ? 'offer' : 'result'
  const judged = judgeAnswer(page)
  if (judged) return makePage('sprzedajemy', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  if (asked?.kind === 'offer') return parseSchemaOffer(page, 'sprzedajemy', asked.externalId) ?? judgeBare(bytes, kind)
  return parseCards(bytes, page.url) ?? judgeBare(bytes, kind)
}

function parseCards(bytes: Buffer, url: string): ParsedPage | null {
  const dom = bytes.includes(CARD) ? readDom(stretchOf(bytes, CARD, '</article>')) : null
  const cards = dom ? elementsOf(dom, 'article.element') : []
  if (cards.length === 0) return null
  const read = judgeList(cards, (card) => mapCard(card, url), countOf(bytes))
  const judged = tellCut(read, bytes)
  return makePage('sprzedajemy', 'result', judged.verdict, {
    ...judged,
    variant: 'cards-2025',
    next: nextOf(bytes, url),
  })
}

/** How many adverts the page's own list of schema.org has: a page that lost some of its cards is told by it. */
function countOf(bytes: Buffer): number | null {
  const count = /"numberOfItems":\s*"(\d{1,3})"/.exec(bytes.toString('latin1'))?.[1]
  return count === undefined ? null : Number(count)
}

function judgeBare(bytes: Buffer, kind: PageKind): ParsedPage {
  const block = findBlock(bytes)
  if (block !== null) return makePage('sprzedajemy', kind, 'blocked', { reason: block })
  if (saysNotFound(bytes)) {
    return makePage('sprzedajemy', kind, 'gone', { reason: 'the page says that it is not found' })
  }
  return makePage('sprzedajemy', kind, 'changed', { reason: 'no cards of adverts' })
}
