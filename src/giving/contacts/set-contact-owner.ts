import { and, inArray, sql } from 'drizzle-orm'
import { writeAuditOfMany } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { checkOwner } from './create-contact'
import { contacts } from './table'
import { noContact, visibleContacts } from './visible-contacts'

/** Hands contacts over to a member, or to nobody. Throws when none of them is there. */
export async function setContactOwner(
  ctx: Ctx,
  ids: readonly string[],
  ownerId: string | null,
): Promise<{ changed: number }> {
  requirePermission(ctx, 'contacts.write')
  await checkOwner(ctx, ownerId)
  const rows = await ctx.db
    .update(contacts)
    .set({ ownerId, version: sql`${contacts.version} + 1`, updatedAt: ctx.now })
    .where(and(inArray(contacts.id, [...ids]), visibleContacts(ctx)))
    .returning({ id: contacts.id })
  if (rows.length === 0) throw noContact()
  const lines = rows.map(({ id }) => ({ subjectId: id, facts: { ownerId } }))
  await writeAuditOfMany(ctx, 'contact.owner', lines)
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { changed: rows.length }
}
