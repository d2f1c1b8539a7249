import { and, eq } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { isOwn } from './queries'
import type { NewView } from './schema'
import { savedViews } from './table'

/** Keeps a list as it stands, by a name. Whoever only reads keeps theirs to themselves. */
export async function createView(ctx: Ctx, { list, name, query, shared }: NewView): Promise<{ id: string }> {
  requirePermission(ctx, shared ? 'contacts.write' : 'contacts.read')
  const { actor, workspaceId, now: createdAt } = ctx
  if (actor.kind === 'job') throw new AppError('forbidden', 'a view belongs to a member', { reason: 'forbidden' })
  const id = newId()
  await ctx.db
    .insert(savedViews)
    .values({ id, workspaceId, memberId: actor.memberId, list, name, query, shared, createdAt })
  return { id }
}

/** Only whoever made it. */
export async function deleteView(ctx: Ctx, id: string): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.read')
  const rows = await ctx.db
    .delete(savedViews)
    .where(and(eq(savedViews.id, id), isOwn(ctx)))
    .returning({ id: savedViews.id })
  if (rows.length === 0) throw new AppError('not_found', 'no such view', { reason: 'view.notFound' })
  return { id }
}
