import { and, inArray, isNotNull, sql } from 'drizzle-orm'
import { writeAuditOfMany } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { contacts } from './table'
import { noContact, ownContacts, visibleContacts } from './visible-contacts'

/** They go, with all that hangs on them kept for the undo. Throws when none of them is there. */
export async function deleteContacts(ctx: Ctx, ids: readonly string[]): Promise<{ changed: number }> {
  requirePermission(ctx, 'contacts.write')
  const where = and(inArray(contacts.id, [...ids]), visibleContacts(ctx))
  return setDeleted(ctx, where, ctx.now, 'contact.delete')
}

/** The undo of a deletion. */
export async function restoreContacts(ctx: Ctx, ids: readonly string[]): Promise<{ changed: number }> {
  requirePermission(ctx, 'contacts.write')
  const where = and(inArray(contacts.id, [...ids]), isNotNull(contacts.deletedAt), ownContacts(ctx))
  return setDeleted(ctx, where, null, 'contact.restore')
}

async function setDeleted(
  ctx: Ctx,
  where: ReturnType<typeof and>,
  deletedAt: Date | null,
  action: string,
): Promise<{ changed: number }> {
  const rows = await ctx.db
    .update(contacts)
    .set({ deletedAt, version: sql`${contacts.version} + 1` })
    .where(where)
    .returning({ id: contacts.id })
  const [first] = rows
  if (!first) throw noContact()
  await writeAuditOfMany(
    ctx,
    action,
    rows.map(({ id }) => ({ subjectId: id, facts: {} })),
  )
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { changed: rows.length }
}
