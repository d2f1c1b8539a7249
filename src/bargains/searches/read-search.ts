import { and, eq, inArray, lte } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { fetchPolitely, type JudgedFetch, outcomeOf } from '@/http/fetch-politely'
import { goesOn } from '@/http/rules-ways'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import { decidePaging } from '../listings/rules'
import { listings, searchListings } from '../listings/table'
import { sourceById } from '../sources/registry'
import type { Item, PageInput, ParsedPage, Source, Verdict } from '../sources/source'
import { noteApi, noteWay, openWays } from './choose-way'
import { type ClaimedSearch, renewClaim } from './claim-searches'
import { keepBadPage } from './keep-bad-page'
import { keepFill } from './keep-fill'
import { noteVerdict } from './note-verdict'
import { isOverridden } from './queries'
import { isGood, type ReadVerdict } from './rules'
import { isWorthKeeping } from './rules-kept-pages'
import type { OwnWay } from './rules-ways'

/** What a scan read of a search: one verdict, and the adverts of its pages, each once. */
export type Reading = {
  readonly verdict: ReadVerdict
  readonly reason: string | null
  /** Seconds that the site asked to wait. */
  readonly retryAfter: number | null
  readonly items: readonly Item[]
  readonly total: number | null
  /** Paged down to known ground, to the end or to the page limit. False: what lies below was not seen. */
  readonly complete: boolean
  /** 304: as it was at the last read, so there are no items. */
  readonly unmodified: boolean
  readonly etag: string | null
  readonly lastModified: string | null
  readonly readAt: Date
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly reading: Reading }
  /** The host has no room before then; nothing was read. */
  | { readonly kind: 'wait'; readonly until: Date }
  /** Another scan has taken the search over. */
  | { readonly kind: 'lost' }

/** A page deep in a search is waited for: what was read above it would otherwise be read again. */
const PAGE_PATIENCE = 70_000

/** Reads a search from its first page on, newest first, down to known ground. Holds no transaction. */
export async function readSearch(deps: BargainsDeps, search: ClaimedSearch, patience: number): Promise<ReadOutcome> {
  const { ways, records } = await openWays(deps, search)
  let first: ReadOutcome | null = null
  for (const [place, way] of ways.entries()) {
    const outcome = await readBy(deps, { search, way }, patience)
    if (outcome.kind !== 'read' || isGood(outcome.reading.verdict))
      return first && outcome.kind === 'wait' ? first : outcome
    first ??= outcome
    const { verdict } = outcome.reading
    // A search that robots.txt forbids is not read around it; of the API's address it may say something else.
    const on =
      (verdict === 'forbidden' && way !== 'plain') || (verdict === 'blocked' && goesOn(way, ways[place + 1], records))
    if (!on) break
  }
  return first ?? { kind: 'lost' }
}

/** A search that is read by one of its ways. */
type Read = { readonly search: ClaimedSearch; readonly way: OwnWay }

async function readBy(deps: BargainsDeps, read: Read, patience: number): Promise<ReadOutcome> {
  const { search, way } = read
  const first = await readPage(deps, read, (way === 'api' ? search.apiUrl : null) ?? search.url, patience)
  if (first.kind !== 'read') return first
  const reading = first.page.reading
  await noteWay(deps, search, way, reading)
  if (!isGood(reading.verdict) || reading.unmodified) return { kind: 'read', reading }
  await noteApi(deps, search, first.page.api)
  return readOn(deps, read, first.page)
}

async function readOn(deps: BargainsDeps, read: Read, first: Page): Promise<ReadOutcome> {
  const items = new Map<string, Item>()
  let page = first
  for (let pages = 1; ; pages++) {
    for (const item of page.reading.items) if (!items.has(item.externalId)) items.set(item.externalId, item)
    const known = await findKnown(deps.db, read.search, page.reading.items)
    const paging = decidePaging({ items: page.reading.items, next: page.next }, known, pages)
    if (paging !== 'more' || page.next === null) return done(first, items, true)
    const next = await readPage(deps, read, page.next, PAGE_PATIENCE)
    if (next.kind === 'lost') return next
    // What stands above is told now; the gap below is remembered and read once the site lets us.
    if (next.kind === 'wait' || !isGood(next.page.reading.verdict)) return done(first, items, false)
    page = next.page
  }
}

function done(first: Page, items: ReadonlyMap<string, Item>, complete: boolean): ReadOutcome {
  return { kind: 'read', reading: { ...first.reading, items: [...items.values()], complete } }
}

/** One page as it was judged. */
export type Page = {
  readonly reading: Reading
  readonly next: string | null
  /** Its format; empty where none was recognised. */
  readonly variant: string
  readonly api: string | null
  /** As it came; null where nothing did. */
  readonly raw: Raw | null
}
type Raw = Pick<PageInput, 'bytes' | 'status' | 'headers'>
type PageOutcome = { readonly kind: 'read'; readonly page: Page } | Exclude<ReadOutcome, { kind: 'read' }>

async function readPage(
  deps: BargainsDeps,
  { search, way }: Read,
  url: string,
  patience: number,
): Promise<PageOutcome> {
  const source = sourceById(search.source)
  if (!source) throw new Error(`no source ${search.source}`)
  const known = way === 'plain' && url === search.url && !search.wantsAll
  const request = { url, ...(known ? { etag: search.etag, lastModified: search.lastModified } : {}) }
  const courtesy = {
    patience,
    stillWanted: () => renewClaim(deps.db, search, deps.clock()),
    overridden: () => isOverridden(deps.db, search.id, new URL(url).hostname),
    ...(way === 'browser' ? { transport: deps.browser } : {}),
  }
  const fetched = await fetchPolitely(deps, request, courtesy, (answer) => judgePage(deps, source, url, answer))
  if (fetched.kind === 'wait') return { kind: 'wait', until: fetched.until }
  if (fetched.kind === 'unwanted') return { kind: 'lost' }
  const page = withoutValidators(await keepFill(deps, search, fetched.value), way)
  await notePage(deps, { search, way }, url, page)
  return { kind: 'read', page }
}

/** What one way brought says nothing of whether another's page is as it was. */
function withoutValidators(page: Page, way: OwnWay): Page {
  return way === 'plain' ? page : { ...page, reading: { ...page.reading, etag: null, lastModified: null } }
}

async function notePage(deps: BargainsDeps, { search, way }: Read, url: string, page: Page): Promise<void> {
  const { verdict, reason, readAt } = page.reading
  deps.log.debug({ searchId: search.id, url, way, verdict }, 'page fetched')
  await noteVerdict(deps.db, search.host, verdict, readAt)
  if (page.raw === null || !isWorthKeeping(verdict)) return
  const { bytes, status, headers } = page.raw
  const kept = { 'content-type': headers['content-type'] ?? '', server: headers.server ?? '' }
  const of = { host: search.host, source: search.source, searchId: search.id }
  await keepBadPage(deps, { ...of, url, status, headers: kept, way, variant: page.variant, verdict, reason, bytes })
}

const NOTHING = { items: [], total: null, complete: true, unmodified: false, etag: null, lastModified: null } as const

export type JudgeDeps = Pick<BargainsDeps, 'clock' | 'log'>

/** A parser that throws is a mistake of ours: it is logged, and the page is one that we cannot read. */
export function parsePage({ log }: Pick<JudgeDeps, 'log'>, source: Source, page: PageInput): ParsedPage {
  try {
    return source.parse(page)
  } catch (error) {
    log.error({ err: error, url: page.url }, 'a parser failed')
    const nothing = { items: [], rejected: [], next: null, total: null, answered: null }
    return {
      ...nothing,
      source: source.id,
      variant: '',
      kind: 'result',
      verdict: 'changed',
      reason: 'the parser failed',
    }
  }
}

/** An answer of the transport as a page with a verdict; a captcha with status 200 is a refusal for the host too. */
export function judgePage(deps: JudgeDeps, source: Source, url: string, answer: Fetched): JudgedFetch<Page> {
  const now = deps.clock()
  const outcome = outcomeOf(answer, now)
  const retryAfter = outcome.kind === 'bad' ? outcome.retryAfter : null
  const base = { ...NOTHING, retryAfter, readAt: now }
  const bare = { next: null, variant: '', api: null, raw: null }
  if (answer.kind === 'failed') {
    const verdict = answer.reason === 'robots' ? 'forbidden' : 'failed'
    return { outcome, value: { ...bare, reading: { ...base, verdict, reason: `${answer.reason}: ${answer.detail}` } } }
  }
  if (answer.status === 304) {
    return { outcome, value: { ...bare, reading: { ...base, verdict: 'ok', reason: null, unmodified: true } } }
  }
  const { status, headers } = answer
  const { parsed, bytes } = parseAnswer(deps, source, url, answer)
  const verdict = verdictOf(parsed, status)
  const validators = isGood(verdict)
    ? { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }
    : {}
  const { total, next, variant } = parsed
  const items = isGood(verdict) ? parsed.items : []
  const reason = parsed.reason ?? (verdict === 'failed' ? `status ${status}` : null)
  const reading = { ...base, ...validators, verdict, reason, items, total }
  const value = { next, variant, api: parsed.api ?? null, raw: { bytes, status, headers }, reading }
  return { outcome: verdict === 'blocked' ? { kind: 'bad', retryAfter } : outcome, value }
}

type Answered = Extract<Fetched, { readonly kind: 'answered' }>

/** The page as it came, or, where that cannot be read, as a browser had made it. */
function parseAnswer(deps: JudgeDeps, source: Source, url: string, { bytes, status, headers, rendered }: Answered) {
  const parsed = parsePage(deps, source, { bytes, url, status, headers })
  if (!rendered || verdictOf(parsed, status) !== 'changed') return { parsed, bytes }
  const html = { ...headers, 'content-type': 'text/html; charset=utf-8' }
  return { parsed: parsePage(deps, source, { bytes: rendered, url, status, headers: html }), bytes: rendered }
}

/** A broken server's page is a failure, unless the parser knows it for a refusal; one advert is not a search. */
function verdictOf(parsed: ParsedPage, status: number): Verdict {
  if (parsed.kind === 'offer' && isGood(parsed.verdict)) return 'changed'
  return status >= 500 && parsed.verdict !== 'blocked' ? 'failed' : parsed.verdict
}

/** Which of these adverts the search has shown before: after a gap, before the gap. */
async function findKnown(db: Database, search: ClaimedSearch, items: readonly Item[]): Promise<ReadonlySet<string>> {
  if (items.length === 0) return new Set()
  const ids = items.map((item) => item.externalId)
  const rows = await db
    .select({ externalId: listings.externalId })
    .from(listings)
    .innerJoin(searchListings, eq(searchListings.listingId, listings.id))
    .where(
      and(
        eq(listings.source, search.source),
        inArray(listings.externalId, ids),
        eq(searchListings.searchId, search.id),
        search.gapSince ? lte(searchListings.firstSeenAt, search.gapSince) : undefined,
      ),
    )
  return new Set(rows.map((row) => row.externalId))
}
