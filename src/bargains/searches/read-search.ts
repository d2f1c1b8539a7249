import { and, eq, inArray, lte } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { fetchPolitely } from '@/http/fetch-politely'
import type { BargainsDeps } from '../deps'
import { decidePaging } from '../listings/rules'
import { listings, searchListings } from '../listings/table'
import { sourceById } from '../sources/registry'
import type { Item } from '../sources/source'
import { noteApi, noteWay, openWays, readByWays } from './choose-way'
import { type ClaimedSearch, renewClaim } from './claim-searches'
import { judgePage, type Page, type Reading } from './judge-page'
import { keepFill } from './keep-fill'
import { notePage } from './note-page'
import { isOverridden } from './queries'
import { isGood } from './rules'
import type { OwnWay } from './rules-ways'

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
  const read = (way: OwnWay) => readBy(deps, { search, way }, patience)
  return readByWays(await openWays(deps, search), read, (outcome) =>
    outcome.kind === 'read' ? outcome.reading.verdict : null,
  )
}

/** A search that is read by one of its ways. */
type Read = { readonly search: ClaimedSearch; readonly way: OwnWay }

async function readBy(deps: BargainsDeps, read: Read, patience: number): Promise<ReadOutcome> {
  const { search, way } = read
  const first = await readPage(deps, read, (way === 'api' ? search.apiUrl : null) ?? search.url, patience)
  if (first.kind !== 'read') return first
  const reading = first.page.reading
  await noteWay(deps, search, way, reading.verdict)
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
  const { verdict, reason, readAt: at } = page.reading
  const of = { host: search.host, source: search.source, searchId: search.id }
  await notePage(deps, { ...of, url, way, verdict, reason, at, variant: page.variant, raw: page.raw })
  return { kind: 'read', page }
}

/** What one way brought says nothing of whether another's page is as it was. */
function withoutValidators(page: Page, way: OwnWay): Page {
  return way === 'plain' ? page : { ...page, reading: { ...page.reading, etag: null, lastModified: null } }
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
