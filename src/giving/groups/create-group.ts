import { and, eq, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import type { NewGroup } from './schema'
import { groups } from './table'

/** Makes a group, shared by the workspace or the member's own. */
export async function createGroup(ctx: Ctx, { name, colour, personal }: NewGroup): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.write')
  const memberId = personal && ctx.actor.kind !== 'job' ? ctx.actor.memberId : null
  const [id, folded] = [newId(), fold(name)]
  await checkFreeName(ctx, { folded, memberId })
  const { workspaceId, now: createdAt } = ctx
  await ctx.db.insert(groups).values({ id, workspaceId, memberId, name, folded, colour, createdAt })
  await writeAudit(ctx, 'group.create', id, { name })
  await notifyPages(ctx.db, workspaceId, 'contacts')
  return { id }
}

type Place = { readonly folded: string; readonly memberId: string | null }

/** Two groups of one name would be one to their reader. Throws `conflict` at the field. */
export async function checkFreeName(ctx: Ctx, { folded, memberId }: Place, exceptId?: string): Promise<void> {
  const owner = memberId === null ? isNull(groups.memberId) : eq(groups.memberId, memberId)
  const [row] = await ctx.db
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.folded, folded), owner, isNull(groups.deletedAt)))
  if (!row || row.id === exceptId) return
  throw new AppError('conflict', 'a group of that name', { reason: 'group.taken', values: { field: 'name' } })
}
