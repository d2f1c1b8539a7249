import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { JobEvent } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { enterSystem } from '@/db/scope'
import { newId, type WorkspaceId } from '@/kernel/ids'
import { matchListings } from '../matches/match-listings'
import { linkListings } from '../prices/link-listings'
import { findLiveWatches, type LiveWatch } from '../searches/queries'
import { searches } from '../searches/table'
import { recogniseUrl, siteNameOf } from '../sources/registry'
import type { Item, Source } from '../sources/source'
import { watches, watchSearches } from '../watches/table'
import { type SeenListing, storeListings } from './store-listings'
import { writeNews } from './write-news'

/** Adverts that a member handed over, and which of the workspace's watches they are for. */
export type Handed = {
  readonly workspaceId: WorkspaceId
  readonly at: Date
  readonly events: JobEvent[]
  readonly watches: readonly LiveWatch[]
  /** From an advert's own page, so that its details are whole. */
  readonly own?: boolean
}

export type StoredPush = { readonly seen: readonly SeenListing[]; readonly shared: ReadonlySet<string> }

/**
 * Stores adverts of one source that were handed over, by the way that a scan's go, and tells the watches that they are for.
 * What other workspaces rely on is left as it was read: nobody tells another's watches a price. System scope.
 */
export async function storePushed(
  tx: Transaction,
  source: Source,
  items: readonly Item[],
  handed: Handed,
): Promise<StoredPush> {
  const { workspaceId, at, own } = handed
  // Telling the watches of the source before has left the transaction with the workspace.
  await enterSystem(tx, 'push listings')
  const shared = await findShared(tx, source, items, workspaceId)
  const taken = items.filter(({ externalId }) => !shared.has(externalId))
  const look = { source: source.id, searchId: null, at, pushedBy: workspaceId, ...(own && { own }) }
  const seen = await storeListings(tx, look, taken)
  await linkListings(
    tx,
    seen.filter(({ judged }) => judged.isNew).map(({ listing }) => listing.id),
    at,
    'seller',
  )
  await tellWatches(tx, source, seen, handed)
  return { seen, shared }
}

async function tellWatches(tx: Transaction, source: Source, seen: readonly SeenListing[], handed: Handed) {
  const [first] = seen
  if (!first) return
  const { at, events, watches: asked } = handed
  const news = await matchListings(tx, { searchId: null, at, watches: asked, seen })
  const { url } = first.listing
  const from = { source: source.id, sourceName: siteNameOf(source.id, url), url, claimId: newId(), complete: true }
  await writeNews({ tx, at, events }, from, news)
}

/** Ids of adverts that a match or a search of another workspace shows. */
async function findShared(tx: Transaction, source: Source, items: readonly Item[], workspaceId: WorkspaceId) {
  const ids = JSON.stringify(items.map(({ externalId }) => externalId))
  const rows = await tx.execute<{ id: string }>(sql`
    select l.external_id as id from listings l
    where l.source = ${source.id} and l.external_id in (select jsonb_array_elements_text(${ids}::jsonb)) and (
      exists (select 1 from matches m where m.listing_id = l.id and m.workspace_id <> ${workspaceId})
      or exists (select 1 from search_listings sl join watch_searches ws on ws.search_id = sl.search_id
        join watches w on w.id = ws.watch_id
        where sl.listing_id = l.id and w.workspace_id <> ${workspaceId} and w.deleted_at is null))`)
  return new Set(rows.map(({ id }) => id))
}

export type Purpose = { readonly watchId?: string | undefined; readonly searchUrl?: string | undefined }

/**
 * The workspace's live watches that adverts are for, each once: those that use the search, and the one that is named. The
 * latter hears of each, for nothing says that this is all there is; of a search, what comes first is its silent baseline.
 */
export async function findWatchesFor(
  tx: Transaction,
  workspaceId: WorkspaceId,
  { watchId, searchUrl }: Purpose,
): Promise<readonly LiveWatch[]> {
  const found = searchUrl === undefined ? null : recogniseUrl(searchUrl)
  const own = (where: SQL) => findLiveWatches(tx, sql`${and(eq(watches.workspaceId, workspaceId), where)}`)
  const named = watchId === undefined ? [] : (await own(eq(watches.id, watchId))).map(asSteady)
  const searching =
    found?.recognised.kind === 'result' ? await own(usesSearch(found.source.id, found.recognised.key)) : []
  const byId = new Map([...named, ...searching].map((watch) => [watch.watchId, watch]))
  return [...byId.values()]
}

function asSteady(watch: LiveWatch): LiveWatch {
  return { ...watch, baselineAt: watch.baselineAt ?? new Date(0), quietSince: null }
}

function usesSearch(source: string, key: string) {
  const one = and(eq(searches.source, source), eq(searches.key, key))
  return sql`${watchSearches.searchId} in (select ${searches.id} from ${searches} where ${one})`
}
