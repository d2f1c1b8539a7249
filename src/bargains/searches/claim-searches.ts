import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import { hasLiveWatch } from './queries'
import { chosenOf, type OwnWay } from './rules-ways'
import { searches } from './table'

export type SearchRow = typeof searches.$inferSelect

/** A search that is ours to read until its claim runs out; only `claimId` may write what came of it. */
export type ClaimedSearch = SearchRow & {
  readonly claimId: string
  /** A live watch waits for all that the search shows, so "not modified" would not do. */
  readonly wantsAll: boolean
  /** The way that its watches chose; null: the politest that works. */
  readonly chosenWay: OwnWay | null
}

/** Longer than one request and its recording; renewed before each request. A dead scan's search is taken again after it. */
const CLAIM_MS = 45_000

/** Takes due searches of a host, the longest due first. Those of a scan that goes on elsewhere are skipped. */
export function claimSearches(
  db: Database,
  wanted: { readonly host: string; readonly limit: number },
  now: Date,
): Promise<readonly ClaimedSearch[]> {
  const claimId = newId()
  return withSystem(db, 'claim searches', async (tx) => {
    const due = tx
      .select({ id: searches.id })
      .from(searches)
      .where(and(eq(searches.host, wanted.host), lte(searches.dueAt, now), isFree(now), hasLiveWatch))
      .orderBy(asc(searches.dueAt))
      .limit(wanted.limit)
      .for('update', { skipLocked: true })
    const rows = await tx
      .update(searches)
      .set({ claimId, claimedUntil: new Date(now.getTime() + CLAIM_MS) })
      .where(inArray(searches.id, due))
      .returning()
    const wishes = await findWishes(tx, rows)
    return rows.map((row) => {
      const { joining, ways } = wishes.get(row.id) ?? { joining: false, ways: [] }
      return { ...row, claimId, wantsAll: joining || row.gapSince !== null, chosenWay: chosenOf(ways) }
    })
  })
}

/** No scan holds it. */
export function isFree(now: Date) {
  return or(isNull(searches.claimedUntil), lt(searches.claimedUntil, now))
}

type Wishes = { readonly id: string; readonly joining: boolean; readonly ways: readonly (OwnWay | null)[] }

/** What the live watches of these searches ask of the next read. */
async function findWishes(tx: Transaction, rows: readonly SearchRow[]): Promise<ReadonlyMap<string, Wishes>> {
  if (rows.length === 0) return new Map()
  const found = await tx.execute<Wishes>(sql`
    select ws.search_id as id, array_agg(distinct ws.way) as ways,
      bool_or(ws.baseline_at is null or ws.quiet_since is not null) as joining
    from watch_searches ws
      join watches w on w.id = ws.watch_id join workspaces s on s.id = w.workspace_id and s.bargains
    where ${inArray(
      sql`ws.search_id`,
      rows.map((row) => row.id),
    )} and w.paused_at is null and w.deleted_at is null
    group by 1`)
  return new Map(found.map((wishes) => [wishes.id, wishes]))
}

/** Holds the claim a while longer; false when it was lost to another scan. */
export async function renewClaim(db: Database, search: ClaimedSearch, now: Date): Promise<boolean> {
  const renewed = await db
    .update(searches)
    .set({ claimedUntil: new Date(now.getTime() + CLAIM_MS) })
    .where(and(eq(searches.id, search.id), eq(searches.claimId, search.claimId)))
    .returning({ id: searches.id })
  return renewed.length > 0
}

/** Gives a search back unread: it stays due. */
export async function releaseClaim(db: Database, search: ClaimedSearch): Promise<void> {
  await db
    .update(searches)
    .set({ claimId: null, claimedUntil: null })
    .where(and(eq(searches.id, search.id), eq(searches.claimId, search.claimId)))
}
