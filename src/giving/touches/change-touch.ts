import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { refuseFuture } from './log-touch'
import type { ChangeTouch } from './schema'
import { touches } from './table'

type Changes = Partial<typeof touches.$inferInsert>

/** What is left out stays as it is. Throws `conflict` when somebody changed it since `version`. */
export async function updateTouch(ctx: Ctx, { id, version, at, ...rest }: ChangeTouch): Promise<{ id: string }> {
  if (version !== undefined) await requireVersion(ctx, id, version)
  const when = at === undefined ? undefined : new Date(at)
  if (when) refuseFuture(when, ctx.now)
  return change(ctx, id, { where: isNull(touches.deletedAt), action: 'touch.update' }, { ...rest, at: when })
}

/** Locked, so that of two at once the second sees what the first made of it. */
async function requireVersion(ctx: Ctx, id: string, version: number): Promise<void> {
  const [row] = await ctx.db
    .select({ version: touches.version })
    .from(touches)
    .where(and(eq(touches.id, id), ofVisibleContact(ctx, touches.contactId), isNull(touches.deletedAt)))
    .for('update')
  if (row && row.version !== version)
    throw new AppError('conflict', 'somebody changed this touch meanwhile', { reason: 'touch.changed' })
}

/** Goes, kept for the undo. */
export function deleteTouch(ctx: Ctx, id: string): Promise<{ id: string }> {
  return change(ctx, id, { where: isNull(touches.deletedAt), action: 'touch.delete' }, { deletedAt: ctx.now })
}

/** The undo of a deletion. */
export function restoreTouch(ctx: Ctx, id: string): Promise<{ id: string }> {
  return change(ctx, id, { where: isNotNull(touches.deletedAt), action: 'touch.restore' }, { deletedAt: null })
}

type How = { readonly where: SQL; readonly action: string }

async function change(ctx: Ctx, id: string, { where, action }: How, changes: Changes): Promise<{ id: string }> {
  requirePermission(ctx, 'tasks.write')
  const [row] = await ctx.db
    .update(touches)
    .set({ ...changes, version: sql`${touches.version} + 1` })
    .where(and(eq(touches.id, id), ofVisibleContact(ctx, touches.contactId), where))
    .returning({ contactId: touches.contactId })
  if (!row) throw new AppError('not_found', 'no such touch', { reason: 'touch.notFound' })
  await writeAudit(ctx, action, id)
  await notifyPages(ctx.db, ctx.workspaceId, 'touches', row.contactId)
  return { id }
}
