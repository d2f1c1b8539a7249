import { and, eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { hastenSearches, lockSearches } from '../searches/join-searches'
import { findWatch } from './queries'
import type { ChosenWay } from './schema'
import { watchSearches } from './table'

/**
 * A watch's word on the way to one of its searches, or that Gleaner finds it by itself (null). The search is read at once
 * where its site does not refuse us. Throws `not_found` for a search that the watch has not.
 */
export async function setWay(ctx: Ctx, { id, searchId, way }: ChosenWay): Promise<{ id: string }> {
  requirePermission(ctx, 'watches.write')
  const watch = await findWatch(ctx, id)
  await lockSearches(ctx, id)
  const changed = await ctx.db
    .update(watchSearches)
    .set({ way })
    .where(and(eq(watchSearches.watchId, id), eq(watchSearches.searchId, searchId)))
    .returning({ id: watchSearches.id })
  if (changed.length === 0) throw new AppError('not_found', 'no such search', { reason: 'watch.noSuchSearch' })
  if (watch.pausedAt === null) await hastenSearches(ctx, [searchId])
  await writeAudit(ctx, 'watch.set_way', id, { name: watch.name, searchId, way: way ?? 'auto' })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches', id)
  return { id }
}
