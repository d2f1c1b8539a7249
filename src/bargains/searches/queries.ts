import { and, asc, eq, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { workspaces } from '@/accounts/table'
import type { Database, Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import type { WorkspaceId } from '@/kernel/ids'
import type { Filter } from '../matches/rules'
import { watchChannels, watches, watchSearches } from '../watches/table'
import { robotsOverrides, searches } from './table'

/** A watch that is to be told of what a search shows, as the scan needs it. System scope. */
export type LiveWatch = {
  readonly watchSearchId: string
  readonly searchId: string
  readonly watchId: string
  readonly workspaceId: string
  readonly ownerId: string
  readonly name: string
  readonly interval: number
  readonly filter: Filter
  readonly dropPercent: number
  readonly dropAmount: bigint | null
  readonly notify: boolean
  readonly baselineAt: Date | null
  readonly quietSince: Date | null
  readonly channelIds: readonly string[]
}

/** Not paused, not deleted, in a workspace that hunts bargains. */
const isLive = and(isNull(watches.pausedAt), isNull(watches.deletedAt), eq(workspaces.bargains, true))

/** The live watches of the searches that `where` names, workspace by workspace. */
export function findLiveWatches(tx: Transaction, where: SQL): Promise<LiveWatch[]> {
  return tx
    .select({
      watchSearchId: watchSearches.id,
      searchId: watchSearches.searchId,
      watchId: watches.id,
      workspaceId: watches.workspaceId,
      ownerId: watches.ownerId,
      name: watches.name,
      interval: watches.interval,
      filter: watches.filter,
      dropPercent: watches.dropPercent,
      dropAmount: watches.dropAmount,
      notify: watches.notify,
      baselineAt: watchSearches.baselineAt,
      quietSince: watchSearches.quietSince,
      channelIds: sql<
        string[]
      >`array(select ${watchChannels.channelId} from ${watchChannels} where ${watchChannels.watchId} = ${watches.id})`,
    })
    .from(watchSearches)
    .innerJoin(watches, eq(watches.id, watchSearches.watchId))
    .innerJoin(workspaces, eq(workspaces.id, watches.workspaceId))
    .where(and(isLive, where))
    .orderBy(asc(watches.workspaceId), asc(watches.id))
}

/** Whether any live watch uses the search of the outer query. System scope. */
export const hasLiveWatch = sql`exists (
  select 1 from watch_searches ws join watches w on w.id = ws.watch_id join workspaces s on s.id = w.workspace_id
  where ws.search_id = searches.id and w.paused_at is null and w.deleted_at is null and s.bargains)`

/** The time between two reads that the live watches of the outer query's search ask for; null without any. System scope. */
export const shortestInterval = sql`(
  select min(w.interval) * interval '1 minute'
  from watch_searches ws join watches w on w.id = ws.watch_id join workspaces s on s.id = w.workspace_id
  where ws.search_id = searches.id and w.paused_at is null and w.deleted_at is null and s.bargains)`

/**
 * When the next search of a host is due, or when the claim of a due one runs out; null when none waits. What no live watch
 * uses is never taken, so it is not waited for either.
 */
export async function findNextDue(db: Database, host: string): Promise<Date | null> {
  const [row] = await withSystem(db, 'next due search', (tx) =>
    tx
      .select({ at: sql<string | null>`min(greatest(${searches.dueAt}, ${searches.claimedUntil}))` })
      .from(searches)
      .where(and(eq(searches.host, host), sql`${searches.dueAt} is not null`, hasLiveWatch)),
  )
  return row?.at ? new Date(row.at) : null
}

/** Hosts with a search that is due until then. */
export async function findDueHosts(db: Database, until: Date): Promise<readonly string[]> {
  const rows = await db.selectDistinct({ host: searches.host }).from(searches).where(lte(searches.dueAt, until))
  return rows.map((row) => row.host)
}

/**
 * Whether a search is read although robots.txt forbids it: the owner of at least one workspace whose live watch uses it
 * took that upon themselves. A search is fetched once for all, so the others get what that fetch brings.
 */
export async function isOverridden(db: Database, searchId: string, host: string): Promise<boolean> {
  const rows = await withSystem(db, 'robots override', (tx) =>
    tx.execute(sql`
      select 1 from robots_overrides o
        join watches w on w.workspace_id = o.workspace_id and w.paused_at is null and w.deleted_at is null
        join watch_searches ws on ws.watch_id = w.id and ws.search_id = ${searchId}
        join workspaces s on s.id = w.workspace_id and s.bargains
      where o.host = ${host} and o.ended_at is null limit 1`),
  )
  return rows.length > 0
}

/** Whether the owner of this workspace took it upon themselves to read a host against its robots.txt. */
export async function hasOverride(db: Database, workspaceId: WorkspaceId, host: string): Promise<boolean> {
  const theirs = and(eq(robotsOverrides.workspaceId, workspaceId), eq(robotsOverrides.host, host))
  const rows = await withSystem(db, 'robots override', (tx) =>
    tx
      .select({ id: robotsOverrides.id })
      .from(robotsOverrides)
      .where(and(theirs, isNull(robotsOverrides.endedAt))),
  )
  return rows.length > 0
}
