import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { rematchWatch } from '../matches/rematch-watch'
import { joinSearches, lockSearches, wakeHosts } from '../searches/join-searches'
import { type PastedSearch, recogniseSearches } from '../searches/recognise-pasted'
import { searches } from '../searches/table'
import { filterOf, linkChannels } from './create-watch'
import type { ChangeWatch } from './schema'
import { watchChannels, watches, watchSearches } from './table'

/** Changes what is given and leaves the rest. */
export async function updateWatch(ctx: Ctx, input: ChangeWatch): Promise<{ id: string }> {
  requirePermission(ctx, 'watches.write')
  const { id, name, interval, dropPercent, dropAmount, notify } = input
  const filter = filterOf(input)
  const pasted = input.urls && recogniseSearches(input.urls)
  const amount = dropAmount === undefined || dropAmount === null ? dropAmount : BigInt(dropAmount)
  // `id` stands there so that a change of searches or channels alone finds the watch too.
  const changes = { id, name, interval, dropPercent, dropAmount: amount, notify, filter }
  await lockSearches(ctx, id, pasted)
  const [found] = await ctx.db
    .update(watches)
    .set(changes)
    .where(and(eq(watches.id, id), isNull(watches.deletedAt)))
    .returning({ name: watches.name, pausedAt: watches.pausedAt })
  if (!found) throw new AppError('not_found', 'no such watch', { reason: 'watch.notFound' })
  if (pasted) await replaceSearches(ctx, id, pasted)
  if (input.channelIds) await replaceChannels(ctx, id, input.channelIds)
  if (interval !== undefined) await keepInterval(ctx, id, interval)
  if (filter) await rematchWatch(ctx, id, filter)
  await writeAudit(ctx, 'watch.update', id, { name: found.name, changed: changedKeys(input) })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches', id)
  return { id }
}

function changedKeys(input: ChangeWatch): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) => (key === 'id' || value === undefined ? [] : [key]))
}

/** Searches that stay keep their baseline. */
async function replaceSearches(ctx: Ctx, watchId: string, pasted: readonly PastedSearch[]): Promise<void> {
  const { workspaceId, now } = ctx
  const ids = await joinSearches(ctx, pasted)
  await ctx.db
    .delete(watchSearches)
    .where(and(eq(watchSearches.watchId, watchId), notInArray(watchSearches.searchId, [...ids])))
  const rows = ids.map((searchId, n) => ({
    workspaceId,
    watchId,
    searchId,
    url: pasted[n]?.pasted ?? '',
    createdAt: now,
  }))
  await ctx.db.insert(watchSearches).values(rows).onConflictDoNothing()
}

async function replaceChannels(ctx: Ctx, watchId: string, ids: readonly string[]): Promise<void> {
  const old = await ctx.db.delete(watchChannels).where(eq(watchChannels.watchId, watchId)).returning()
  const kept = old.map(({ channelId }) => channelId)
  await linkChannels(ctx, watchId, ids, kept)
}

/** A shorter interval counts from now on, not from the next scan on. A site that refuses us is not asked sooner. */
async function keepInterval(ctx: Ctx, watchId: string, minutes: number): Promise<void> {
  const latest = new Date(ctx.now.getTime() + minutes * 60_000).toISOString()
  const own = ctx.db
    .select({ id: watchSearches.searchId })
    .from(watchSearches)
    .innerJoin(watches, eq(watches.id, watchSearches.watchId))
    .where(and(eq(watchSearches.watchId, watchId), isNull(watches.pausedAt)))
  const rows = await ctx.db
    .update(searches)
    .set({ dueAt: sql`least(${searches.dueAt}, ${latest})` })
    .where(and(inArray(searches.id, own), sql`${searches.health} <> 'blocked'`, sql`${searches.failures} = 0`))
    .returning({ host: searches.host })
  wakeHosts(
    ctx,
    rows.map((row) => row.host),
  )
}
