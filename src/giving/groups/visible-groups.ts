import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { groups } from './table'

/** A condition on `groups`: shared ones and the actor's own, without deleted ones. */
export function visibleGroups(ctx: Ctx): SQL {
  return sql`${and(isNull(groups.deletedAt), ownGroups(ctx))}`
}

/** The same, deleted ones too. A job sees all of them. */
export function ownGroups({ actor }: Ctx): SQL | undefined {
  return actor.kind === 'job' ? undefined : or(isNull(groups.memberId), eq(groups.memberId, actor.memberId))
}

/** Throws `not_found` for a group of another workspace, another member's own, and a deleted one. */
export async function findGroup(ctx: Ctx, id: string): Promise<typeof groups.$inferSelect> {
  const [row] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), visibleGroups(ctx)))
  if (!row) throw noGroup()
  return row
}

export function noGroup(): AppError {
  return new AppError('not_found', 'no such group', { reason: 'group.notFound' })
}
