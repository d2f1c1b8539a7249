import { and, inArray, ne, sql } from 'drizzle-orm'
import { writeAuditOfMany } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import type { ContactStatus } from './rules'
import { contacts } from './table'
import { noContact, visibleContacts } from './visible-contacts'

/** By a person, many at once. Throws when none of them is there. */
export async function setContactStatus(ctx: Ctx, ids: readonly string[], status: ContactStatus) {
  requirePermission(ctx, 'contacts.write')
  const found = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(inArray(contacts.id, [...ids]), visibleContacts(ctx)))
  if (found.length === 0) throw noContact()
  const seen = found.map(({ id }) => id)
  const changed = await writeStatus(ctx, seen, status, 'set by hand')
  // Who edits one of them meanwhile is told.
  await ctx.db
    .update(contacts)
    .set({ version: sql`${contacts.version} + 1` })
    .where(inArray(contacts.id, changed))
  return { changed: seen.length }
}

/**
 * By a rule: a gift makes a donor, silence a lapsed one. Asks nobody's permission and raises no version, for the caller's
 * verb has asked, and who edits the contact meanwhile loses nothing. `why` stands in the contact's log. Returns whose
 * status it changed.
 */
export async function writeStatus(
  ctx: Ctx,
  ids: readonly string[],
  status: ContactStatus,
  why: string,
): Promise<string[]> {
  if (ids.length === 0) return []
  const old = await ctx.db
    .select({ id: contacts.id, status: contacts.status })
    .from(contacts)
    .where(and(inArray(contacts.id, [...ids]), ne(contacts.status, status)))
    .orderBy(contacts.id)
    .for('update')
  if (old.length === 0) return []
  const changed = old.map(({ id }) => id)
  await ctx.db.update(contacts).set({ status, updatedAt: ctx.now }).where(inArray(contacts.id, changed))
  const lines = old.map((row) => ({ subjectId: row.id, facts: { from: row.status, to: status, why } }))
  await writeAuditOfMany(ctx, 'contact.status', lines)
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return changed
}
