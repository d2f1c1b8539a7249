import { sameSite } from '../page/clean-url'
import { elementsOf } from '../page/inside-card'
import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { readDom, textAt } from '../page/read-dom'
import { stripHtml } from '../page/strip-html'
import type { PageInput, ParsedPage } from '../source'
import { isFromElsewhere, mapCard } from './map-card'

const VARIANT = 'dom'
const CARD = 'data-cy="l-card"'
const PAGER = 'data-testid="pagination-wrapper"'

/** A page saved or sent out of a browser: it has lost its state, and its cards are what is left. */
export function hasCards(bytes: Buffer): boolean {
  return bytes.includes(CARD)
}

/**
 * A result page from its cards. Only the stretch of the page that holds them becomes a tree. Of what is cut short nothing
 * is read: nobody can tell which adverts are missing.
 */
export function parseCards(bytes: Buffer, page: PageInput): ParsedPage {
  const known = { variant: VARIANT, total: totalOf(bytes) }
  const tree = bytes.includes('</html>', bytes.length - 4096) ? readDom(cardsOf(bytes)) : null
  if (!tree) {
    return makePage('olx', 'result', 'changed', {
      ...known,
      reason: 'the page is cut short, or no page that a browser had',
    })
  }
  const featured = tree('[data-testid="adCard-featured"]').length > 0
  const cards = elementsOf(tree, '[data-cy="l-card"]')
  const own = cards.filter((card) => !isFromElsewhere(card))
  if (own.length === 0) return noCards(known)
  const judged = judgeList(own, (card) => mapCard(card, page.url, featured))
  // Behind the first advert from elsewhere there is no other.
  const next = own.length < cards.length ? null : nextOf(bytes, page.url)
  return makePage('olx', 'result', judged.verdict, { ...judged, ...known, next })
}

/** Cards of elsewhere alone are the site's "nothing found" only where it counts nothing. */
function noCards(known: { readonly variant: string; readonly total: number | null }): ParsedPage {
  if (known.total === 0) return makePage('olx', 'result', 'empty', known)
  return makePage('olx', 'result', 'changed', { ...known, reason: whyNoAdverts(known.total) })
}

function cardsOf(bytes: Buffer): Buffer {
  const last = bytes.lastIndexOf(CARD)
  const start = bytes.lastIndexOf('<', bytes.indexOf(CARD))
  const end = bytes.indexOf(PAGER, last)
  return bytes.subarray(start, end < 0 ? bytes.length : bytes.lastIndexOf('<', end))
}

/** Beyond a thousand the site says "more than 1000", which is no number. */
function totalOf(bytes: Buffer): number | null {
  const text =
    /^[^>]*>(.*?)<\/(?:div|h\d|span>\s*<\/span)>/s.exec(textAt(bytes, 'data-testid="total-count"'))?.[1] ?? ''
  const digits = /\d[\d\s]*/.exec(stripHtml(text) ?? '')?.[0].replace(/\s/g, '') ?? ''
  const total = /^\d{1,9}$/.test(digits) ? Number(digits) : null
  return total !== null && total < 1000 ? total : null
}

function nextOf(bytes: Buffer, url: string): string | null {
  const href = /^[^>]*\shref="([^"]*)"/.exec(textAt(bytes, 'data-testid="pagination-forward"'))?.[1]
  return href && URL.canParse(url) ? sameSite(stripHtml(href), url) : null
}
