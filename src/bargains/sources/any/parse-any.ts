import { toUtf8 } from '../page/decode-bytes'
import { findJsonLd } from '../page/find-json-ld'
import { findBlock, judgeAnswer } from '../page/judge-block'
import { judgeItems } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { mapAllSchema, type SchemaAdvert } from '../page/map-schema'
import { nextOf } from '../page/next-of'
import { baseOf, pageAddress } from '../page/page-address'
import { readDom } from '../page/read-dom'
import { hasMicrodata, readMicrodata } from '../page/read-microdata'
import { saysNotFound } from '../page/read-title'
import { tellCut } from '../page/tell-cut'
import type { PageInput, ParsedPage } from '../source'
import { withDeclaredCharset } from './declared-charset'
import { identifyAdverts } from './identify-adverts'
import { isFeed, parseFeed } from './parse-feed'

/** Any page: a feed, or the schema.org data of its JSON-LD, else of its microdata → a judged page. */
export function parseAny(page: PageInput): ParsedPage {
  const judged = judgeAnswer(page)
  if (judged) return makePage('any', 'result', judged.verdict, { reason: judged.reason })
  const url = pageAddress(page.url, page.url)
  if (url === null) return makePage('any', 'result', 'changed', { reason: 'the page has no address' })
  const bytes = toUtf8(withDeclaredCharset(page))
  if (isFeed(bytes)) return parseFeed(bytes, url)
  const base = baseOf(bytes, url)
  const linked = mapAllSchema(findJsonLd(bytes), base)
  if (linked.adverts.length > 0) return readAdverts(linked.adverts, 'json-ld', bytes, url)
  const { adverts, emptyList, reason } = fromMicrodata(bytes, base)
  if (adverts.length > 0) return readAdverts(adverts, 'microdata', bytes, url)
  if (linked.emptyList || emptyList) return makePage('any', 'result', 'empty', { variant: 'schema-org' })
  return judgeBare(bytes, reason)
}

const NOTHING = 'no product data of schema.org, and no feed'

function fromMicrodata(bytes: Buffer, base: string) {
  if (!hasMicrodata(bytes)) return { adverts: [], emptyList: false, reason: NOTHING }
  const dom = readDom(bytes)
  if (dom === null) return { adverts: [], emptyList: false, reason: 'more tags than a page of adverts has' }
  return { ...mapAllSchema(readMicrodata(dom), base), reason: NOTHING }
}

/** One advert outside of any list is that advert's own page; what else stands there is "you may also like". */
function readAdverts(adverts: readonly SchemaAdvert[], variant: string, bytes: Buffer, url: string): ParsedPage {
  const alone = adverts.filter(({ listed }) => !listed)
  const [own] = alone
  const isOffer = own !== undefined && alone.length === 1 && (adverts.length === 1 || own.url === url)
  const shown = isOffer ? [{ ...own, url: own.url ?? url }] : adverts
  if (adverts.length > MOST_ADVERTS) return judgeTooMany(adverts.length, variant)
  const judged = tellCut(judgeItems(identifyAdverts(shown, url)), bytes)
  const next = isOffer ? null : nextOf(bytes, url)
  return makePage('any', isOffer ? 'offer' : 'result', judged.verdict, { ...judged, variant, next })
}

const MOST_ADVERTS = 1_000

function judgeTooMany(count: number, variant: string): ParsedPage {
  return makePage('any', 'result', 'changed', { variant, reason: `${count} adverts, more than a page holds` })
}

function judgeBare(bytes: Buffer, reason: string): ParsedPage {
  const block = findBlock(bytes)
  if (block !== null) return makePage('any', 'result', 'blocked', { reason: block })
  if (saysNotFound(bytes)) return makePage('any', 'result', 'gone', { reason: 'the page says that it is not found' })
  return makePage('any', 'result', 'changed', { reason })
}
