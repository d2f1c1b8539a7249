import { load } from 'cheerio/slim'
import { sameSite } from '../page/clean-url'
import { judgeList } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { stripHtml } from '../page/strip-html'
import type { PageInput, ParsedPage } from '../source'
import { mapCard } from './map-card'

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
  if (bytes.lastIndexOf('</html>') < 0) {
    return makePage('olx', 'result', 'changed', { variant: VARIANT, reason: 'the page is cut short' })
  }
  const tree = load(cardsOf(bytes))
  const featured = tree('[data-testid="adCard-featured"]').length > 0
  const cards = tree('[data-cy="l-card"]').toArray()
  const own = cards.filter((card) => !isFromElsewhere(tree(card).find('a').attr('href') ?? ''))
  const judged = judgeList(own, (_, place) => mapCard(tree, own[place], page.url, featured))
  return makePage('olx', 'result', judged.verdict, {
    ...judged,
    variant: VARIANT,
    total: totalOf(bytes),
    next: nextOf(bytes, page.url),
  })
}

function cardsOf(bytes: Buffer): string {
  const start = bytes.lastIndexOf('<', bytes.indexOf(CARD))
  const end = bytes.indexOf(PAGER, bytes.lastIndexOf(CARD))
  return bytes.toString('utf8', start, end < 0 ? bytes.length : bytes.lastIndexOf('<', end))
}

/** Where few match, the site fills the page with adverts of other places and categories: they answer another search. */
function isFromElsewhere(href: string): boolean {
  return /[?&](search_)?reason=extended_search/.test(href)
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

function textAt(bytes: Buffer, marker: string): string {
  const start = bytes.indexOf(marker)
  return start < 0 ? '' : bytes.toString('utf8', start, start + 600)
}
