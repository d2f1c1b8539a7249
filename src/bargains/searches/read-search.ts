import { and, eq, inArray, lte } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { fetchPolitely, type JudgedFetch, outcomeOf } from '@/http/fetch-politely'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import { decidePaging } from '../listings/rules'
import { listings, searchListings } from '../listings/table'
import { sourceById } from '../sources/registry'
import type { Item, PageInput, ParsedPage, Source, Verdict } from '../sources/source'
import { type ClaimedSearch, renewClaim } from './claim-searches'
import { noteVerdict } from './note-verdict'
import { isOverridden } from './queries'
import { isGood, type ReadVerdict } from './rules'

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
  const first = await readPage(deps, search, search.url, patience)
  if (first.kind !== 'read') return first
  const reading = first.page.reading
  if (!isGood(reading.verdict) || reading.unmodified) return { kind: 'read', reading }
  return readOn(deps, search, first.page)
}

async function readOn(deps: BargainsDeps, search: ClaimedSearch, first: Page): Promise<ReadOutcome> {
  const items = new Map<string, Item>()
  let page = first
  for (let pages = 1; ; pages++) {
    for (const item of page.reading.items) if (!items.has(item.externalId)) items.set(item.externalId, item)
    const known = await findKnown(deps.db, search, page.reading.items)
    const paging = decidePaging({ items: page.reading.items, next: page.next }, known, pages)
    if (paging !== 'more' || page.next === null) return done(first, items, true)
    const next = await readPage(deps, search, page.next, PAGE_PATIENCE)
    if (next.kind === 'lost') return next
    // What stands above is told now; the gap below is remembered and read once the site lets us.
    if (next.kind === 'wait' || !isGood(next.page.reading.verdict)) return done(first, items, false)
    page = next.page
  }
}

function done(first: Page, items: ReadonlyMap<string, Item>, complete: boolean): ReadOutcome {
  return { kind: 'read', reading: { ...first.reading, items: [...items.values()], complete } }
}

type Page = { readonly reading: Reading; readonly next: string | null }
type PageOutcome = { readonly kind: 'read'; readonly page: Page } | Exclude<ReadOutcome, { kind: 'read' }>

async function readPage(
  deps: BargainsDeps,
  search: ClaimedSearch,
  url: string,
  patience: number,
): Promise<PageOutcome> {
  const source = sourceById(search.source)
  if (!source) throw new Error(`no source ${search.source}`)
  const known = url === search.url && !search.wantsAll
  const request = { url, ...(known ? { etag: search.etag, lastModified: search.lastModified } : {}) }
  const stillWanted = () => renewClaim(deps.db, search, deps.clock())
  const overridden = () => isOverridden(deps.db, search.id, new URL(url).hostname)
  const fetched = await fetchPolitely(deps, request, { patience, stillWanted, overridden }, (answer) =>
    judgePage(deps, source, url, answer),
  )
  if (fetched.kind === 'wait') return { kind: 'wait', until: fetched.until }
  if (fetched.kind === 'unwanted') return { kind: 'lost' }
  const { verdict, readAt } = fetched.value.reading
  deps.log.debug({ searchId: search.id, url, verdict }, 'page fetched')
  await noteVerdict(deps.db, search.host, verdict, readAt)
  return { kind: 'read', page: fetched.value }
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
  if (answer.kind === 'failed') {
    const verdict = answer.reason === 'robots' ? 'forbidden' : 'failed'
    const reason = `${answer.reason}: ${answer.detail}`
    return { outcome, value: { next: null, reading: { ...base, verdict, reason } } }
  }
  if (answer.status === 304) {
    return { outcome, value: { next: null, reading: { ...base, verdict: 'ok', reason: null, unmodified: true } } }
  }
  const { status, headers, bytes } = answer
  const parsed = parsePage(deps, source, { bytes, url, status, headers })
  const verdict = verdictOf(parsed, status)
  const validators = isGood(verdict)
    ? { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }
    : {}
  const { total, next } = parsed
  const items = isGood(verdict) ? parsed.items : []
  const reason = parsed.reason ?? (verdict === 'failed' ? `status ${status}` : null)
  const reading = { ...base, ...validators, verdict, reason, items, total }
  return { outcome: verdict === 'blocked' ? { kind: 'bad', retryAfter } : outcome, value: { next, reading } }
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
