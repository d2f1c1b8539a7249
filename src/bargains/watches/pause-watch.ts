import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { hastenSearches, lockSearches } from '../searches/join-searches'
import { watches, watchSearches } from './table'

/** Stops looking. Its searches are parked by the next scan, unless another watch uses them. Twice is once. */
export async function pauseWatch(ctx: Ctx, id: string): Promise<{ id: string }> {
  const changed = await changeState(ctx, id, isNull(watches.deletedAt), {
    pausedAt: sql`coalesce(paused_at, ${ctx.now.toISOString()})`,
  })
  return noteChange(ctx, 'watch.pause', id, changed.name)
}

/** Looks again, at once. What came during the pause is told in one message. */
export async function resumeWatch(ctx: Ctx, id: string): Promise<{ id: string }> {
  const watch = await lockWatch(ctx, id, isNull(watches.deletedAt))
  await changeState(ctx, id, isNull(watches.deletedAt), { pausedAt: null })
  await comeBack(ctx, id, watch.pausedAt)
  return noteChange(ctx, 'watch.resume', id, watch.name)
}

/** Goes, with its matches kept for the undo. */
export async function deleteWatch(ctx: Ctx, id: string): Promise<{ id: string }> {
  const changed = await changeState(ctx, id, isNull(watches.deletedAt), { deletedAt: ctx.now })
  return noteChange(ctx, 'watch.delete', id, changed.name)
}

/** The undo of a deletion: the watch is as it was, paused or not. */
export async function restoreWatch(ctx: Ctx, id: string): Promise<{ id: string }> {
  const watch = await lockWatch(ctx, id, isNotNull(watches.deletedAt))
  await changeState(ctx, id, isNotNull(watches.deletedAt), { deletedAt: null })
  if (watch.pausedAt === null) await comeBack(ctx, id, watch.deletedAt)
  return noteChange(ctx, 'watch.restore', id, watch.name)
}

type WatchRow = typeof watches.$inferSelect
type Change = { pausedAt?: SQL | null; deletedAt?: Date | null }

/** With its searches, which a scan locks before it. */
async function lockWatch(ctx: Ctx, id: string, where: SQL): Promise<WatchRow> {
  requirePermission(ctx, 'watches.write')
  await lockSearches(ctx, id)
  const [row] = await ctx.db
    .select()
    .from(watches)
    .where(and(eq(watches.id, id), where))
    .for('update')
  return row ?? notFound()
}

async function changeState(ctx: Ctx, id: string, where: SQL, change: Change): Promise<WatchRow> {
  requirePermission(ctx, 'watches.write')
  const [row] = await ctx.db
    .update(watches)
    .set(change)
    .where(and(eq(watches.id, id), where))
    .returning()
  return row ?? notFound()
}

function notFound(): never {
  throw new AppError('not_found', 'no such watch', { reason: 'watch.notFound' })
}

async function comeBack(ctx: Ctx, watchId: string, since: Date | null): Promise<void> {
  if (since !== null) {
    await ctx.db
      .update(watchSearches)
      .set({ quietSince: sql`coalesce(quiet_since, ${since.toISOString()})` })
      .where(and(eq(watchSearches.watchId, watchId), isNotNull(watchSearches.baselineAt)))
  }
  const rows = await ctx.db
    .select({ id: watchSearches.searchId })
    .from(watchSearches)
    .where(eq(watchSearches.watchId, watchId))
  await hastenSearches(
    ctx,
    rows.map((row) => row.id),
  )
}

async function noteChange(ctx: Ctx, action: string, id: string, name: string): Promise<{ id: string }> {
  await writeAudit(ctx, action, id, { name })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches', id)
  return { id }
}
