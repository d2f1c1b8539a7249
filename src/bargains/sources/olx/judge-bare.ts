import { findBlock } from '../page/judge-block'
import { makePage } from '../page/make-page'
import { parseSchemaOffer } from '../page/parse-schema-offer'
import { saysNotFound, titleOf } from '../page/read-title'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { mentionsState } from './find-state'
import { hasCards, parseCards } from './parse-cards'

/** What a page without readable state is: a browser's copy with its cards, a message of the site, or nothing known. */
export function judgeBare(bytes: Buffer, kind: PageKind, page: PageInput, externalId: string | null): ParsedPage {
  return (
    closedPage(bytes) ??
    legacyPage(bytes) ??
    unreadable(bytes, kind) ??
    browserPage(bytes, kind, page, externalId) ??
    blockedPage(bytes, kind) ??
    missingPage(bytes, kind) ??
    makePage('olx', kind, 'changed', { reason: 'no state, no adverts, no message of the site' })
  )
}

/** The element and the titles, never the sentence: open adverts carry it in their table of translations. */
export function closedPage(bytes: Buffer): ParsedPage | null {
  const title = titleOf(bytes)
  if (/^ogłoszenie wstrzymane przez moderatora/i.test(title)) {
    return makePage('olx', 'offer', 'held', { variant: 'offer-held', reason: 'held by a moderator' })
  }
  if (!hasInactiveBlock(bytes) && !/^ogłoszenie nieaktualne/i.test(title)) return null
  return makePage('olx', 'offer', 'gone', {
    variant: 'offer-removed',
    reason: 'the page says that the advert is no longer there',
  })
}

const INACTIVE = 'ad-inactive-msg'

/** An element with that test id: its name in a text or in a script is none. Looks back from the id, never at the whole page. */
function hasInactiveBlock(bytes: Buffer): boolean {
  let i = bytes.indexOf(INACTIVE)
  for (let looks = 0; i >= 0 && looks < 1_000; looks += 1, i = bytes.indexOf(INACTIVE, i + INACTIVE.length)) {
    const before = bytes.toString('latin1', Math.max(0, i - 14), i)
    if (!/\sdata-testid=["']$/.test(before)) continue
    const tag = bytes.toString('latin1', Math.max(0, i - 600), i)
    if (/^<\w[^>]*$/.test(tag.slice(Math.max(0, tag.lastIndexOf('<'))))) return true
  }
  return false
}

function legacyPage(bytes: Buffer): ParsedPage | null {
  if (!bytes.includes('id="offers_table"')) return null
  const reason = 'a page without state, as OLX served it until 2022'
  return makePage('olx', 'result', 'changed', { variant: 'legacy-table', reason })
}

/** What a browser leaves of a page: the cards of a list, and of an advert its schema.org data, under the same number. */
function browserPage(bytes: Buffer, kind: PageKind, page: PageInput, externalId: string | null): ParsedPage | null {
  if (kind === 'offer') return parseSchemaOffer(page, 'olx', externalId)
  return kind === 'result' && hasCards(bytes) ? parseCards(bytes, page) : null
}

function unreadable(bytes: Buffer, kind: PageKind): ParsedPage | null {
  if (!mentionsState(bytes)) return null
  return makePage('olx', kind, 'changed', { reason: 'the state is cut short or holds no adverts' })
}

function blockedPage(bytes: Buffer, kind: PageKind): ParsedPage | null {
  const reason = findBlock(bytes)
  return reason === null ? null : makePage('olx', kind, 'blocked', { reason })
}

function missingPage(bytes: Buffer, kind: PageKind): ParsedPage | null {
  if (!saysNotFound(bytes)) return null
  return makePage('olx', kind, 'gone', { reason: 'the page calls itself not found' })
}
