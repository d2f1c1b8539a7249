import { and, eq, isNotNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { checkFreeName } from './create-group'
import { groups } from './table'
import { findGroup, noGroup, ownGroups } from './visible-groups'

/** Goes; its contacts stay, and who was in it is kept for the undo. */
export async function deleteGroup(ctx: Ctx, id: string): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.write')
  const { name } = await findGroup(ctx, id)
  await ctx.db.update(groups).set({ deletedAt: ctx.now }).where(eq(groups.id, id))
  return noteChange(ctx, 'group.delete', id, name)
}

/** The undo of a deletion. Throws `conflict` where another took its name meanwhile. */
export async function restoreGroup(ctx: Ctx, id: string): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.write')
  const [row] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), isNotNull(groups.deletedAt), ownGroups(ctx)))
  if (!row) throw noGroup()
  await checkFreeName(ctx, row, id)
  await ctx.db.update(groups).set({ deletedAt: null }).where(eq(groups.id, id))
  return noteChange(ctx, 'group.restore', id, row.name)
}

async function noteChange(ctx: Ctx, action: string, id: string, name: string): Promise<{ id: string }> {
  await writeAudit(ctx, action, id, { name })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { id }
}
