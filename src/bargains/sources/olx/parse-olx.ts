import { beginsLikeJson, toUtf8 } from '../page/decode-bytes'
import { judgeAnswer } from '../page/judge-block'
import { makePage } from '../page/make-page'
import type { PageInput, PageKind, ParsedPage } from '../source'
import { AD, findState } from './find-state'
import { judgeBare } from './judge-bare'
import type { OlxSite } from './olx-site'
import { parseApi } from './parse-api'
import { parseListing } from './parse-listing'
import { parseOffer } from './parse-offer'
import { recogniseOlx } from './recognise-olx'

/** Any answer of a country's OLX → a judged page. The content says what it is; the address only where the content cannot. */
export function parseOlxOf(site: OlxSite): (page: PageInput) => ParsedPage {
  // Every country's pages are read by the same code, which names the software; the source is named once, here.
  return (page) => ({ ...parseAny(page, site), source: site.id })
}

function parseAny(page: PageInput, site: OlxSite): ParsedPage {
  const { kind, externalId } = askedFor(page.url, site)
  const judged = judgeAnswer(page)
  if (judged) return makePage('olx', kind, judged.verdict, { reason: judged.reason })
  const bytes = toUtf8(page)
  if (beginsLikeJson(bytes)) return parseApi(bytes, page)
  const state = findState(bytes)
  if (!state) return judgeBare(bytes, kind, page, externalId)
  if (state.path === AD) return parseOffer(state.value, bytes, page)
  if (kind !== 'offer') return parseListing(state.value, page)
  // Removed adverts are said to lead to their category; without the site's own word nothing is closed.
  return makePage('olx', 'offer', 'changed', { reason: 'an advert was asked, a result page came' })
}

type Asked = { readonly kind: PageKind; readonly externalId: string | null }

function askedFor(url: string, site: OlxSite): Asked {
  const asked = URL.canParse(url) ? new URL(url) : null
  if (asked?.pathname.startsWith('/api/')) return { kind: 'api', externalId: null }
  const recognised = asked && recogniseOlx(asked, site)
  return recognised?.kind === 'offer' ? recognised : { kind: 'result', externalId: null }
}
