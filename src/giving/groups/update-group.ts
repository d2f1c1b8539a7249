import { eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { fold } from '@/kernel/text'
import { checkFreeName } from './create-group'
import type { ChangeGroup } from './schema'
import { groups } from './table'
import { findGroup } from './visible-groups'

/** Changes what is given and leaves the rest. */
export async function updateGroup(ctx: Ctx, { id, name, colour }: ChangeGroup): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.write')
  const { memberId, ...row } = await findGroup(ctx, id)
  const folded = name === undefined ? row.folded : fold(name)
  await checkFreeName(ctx, { folded, memberId }, id)
  await ctx.db.update(groups).set({ name, folded, colour }).where(eq(groups.id, id))
  await writeAudit(ctx, 'group.update', id, { name: name ?? row.name })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { id }
}
