import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import type { LISTS, ShownView } from './schema'
import { savedViews } from './table'

/** The reader's own views of a list and the shared ones, in the order of their making. */
export async function listViews(ctx: Ctx, list: (typeof LISTS)[number]): Promise<ShownView[]> {
  requirePermission(ctx, 'contacts.read')
  const rows = await ctx.db
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.list, list), or(eq(savedViews.shared, true), isOwn(ctx))))
    .orderBy(asc(savedViews.createdAt), asc(savedViews.id))
  return rows.map(({ id, name, query, shared, memberId }) => ({
    ...{ id, name, query, shared },
    own: ctx.actor.kind !== 'job' && memberId === ctx.actor.memberId,
  }))
}

/** A condition on `saved_views`: the actor's own; a job has none. */
export function isOwn({ actor }: Ctx): SQL {
  return actor.kind === 'job' ? sql`false` : eq(savedViews.memberId, actor.memberId)
}
