import { and, eq, inArray, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { isFree } from './claim-searches'
import { hasLiveWatch, shortestInterval } from './queries'
import { searches } from './table'

/** Each minute: what nobody looks at any more rests, and what somebody looks at is due as its watches ask. */
export function keepSchedule(db: Database, now: Date): Promise<void> {
  return withSystem(db, 'keep schedule', async (tx) => {
    await restSwitchedOff(tx, now)
    await parkUnwatched(tx, now)
    await wakeWatched(tx, now)
  })
}

/**
 * A workspace without its bargains half has all its watches paused: what comes meanwhile is told in one message once the
 * half is back. `searchId`: a scan reads it now, and does not ask them.
 */
export async function restSwitchedOff(tx: Transaction, now: Date, searchId?: string): Promise<void> {
  await tx.execute(sql`
    update watch_searches ws set quiet_since = ${now.toISOString()}
    from watches w join workspaces s on s.id = w.workspace_id
    where w.id = ws.watch_id and not s.bargains and w.deleted_at is null and w.paused_at is null
      and ws.baseline_at is not null and ws.quiet_since is null
      ${searchId === undefined ? sql`` : sql`and ws.search_id = ${searchId}`}`)
}

/** Searches that no live watch uses wait for nobody: resuming or creating a watch makes them due again. */
function parkUnwatched(tx: Transaction, now: Date): Promise<unknown> {
  const idle = and(lte(searches.dueAt, now), isFree(now), not(hasLiveWatch))
  return setDue(tx, idle, null)
}

/**
 * A search with a live watch is due within its shortest interval. Neither is so when a whole workspace comes back: it was
 * parked, or others look less often. Backing off from a site that fails stays as it is.
 */
function wakeWatched(tx: Transaction, now: Date): Promise<unknown> {
  const latest = sql`${now.toISOString()}::timestamptz + 1.1 * ${shortestInterval}`
  const late = and(eq(searches.failures, 0), sql`${searches.dueAt} > ${latest}`)
  return setDue(tx, and(or(isNull(searches.dueAt), late), hasLiveWatch), now)
}

/** A row that a scan or a change of a watch holds is left to it: waiting for several at once would lock us up. */
function setDue(tx: Transaction, where: SQL | undefined, dueAt: Date | null): Promise<unknown> {
  const rows = tx.select({ id: searches.id }).from(searches).where(where).for('update', { skipLocked: true })
  return tx.update(searches).set({ dueAt }).where(inArray(searches.id, rows))
}
