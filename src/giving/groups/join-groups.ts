import { and, eq, inArray } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { contacts } from '../contacts/table'
import { noContact, visibleContacts } from '../contacts/visible-contacts'
import { groupMembers, groups } from './table'
import { findGroup, noGroup, visibleGroups } from './visible-groups'

/** Puts contacts into a group. Returns how many were not in it. */
export async function addToGroup(ctx: Ctx, id: string, contactIds: readonly string[]): Promise<{ changed: number }> {
  const found = await findBoth(ctx, id, contactIds)
  const { workspaceId, now: createdAt } = ctx
  const rows = await ctx.db
    .insert(groupMembers)
    .values(found.map((contactId) => ({ workspaceId, groupId: id, contactId, createdAt })))
    .onConflictDoNothing()
    .returning({ contactId: groupMembers.contactId })
  return noteChange(ctx, 'group.add', id, rows.length)
}

/** Takes contacts out of a group. Returns how many were in it. */
export async function removeFromGroup(
  ctx: Ctx,
  id: string,
  contactIds: readonly string[],
): Promise<{ changed: number }> {
  const found = await findBoth(ctx, id, contactIds)
  const rows = await ctx.db
    .delete(groupMembers)
    .where(and(eq(groupMembers.groupId, id), inArray(groupMembers.contactId, found)))
    .returning({ contactId: groupMembers.contactId })
  return noteChange(ctx, 'group.remove', id, rows.length)
}

async function findBoth(ctx: Ctx, id: string, contactIds: readonly string[]): Promise<string[]> {
  requirePermission(ctx, 'contacts.write')
  await findGroup(ctx, id)
  const rows = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(inArray(contacts.id, [...contactIds]), visibleContacts(ctx)))
  if (rows.length === 0) throw noContact()
  return rows.map((row) => row.id)
}

async function noteChange(ctx: Ctx, action: string, id: string, changed: number): Promise<{ changed: number }> {
  await writeAudit(ctx, action, id, { changed })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { changed }
}

/** Makes a contact's groups those of the list; other members' own groups, which the actor cannot see, stay as they are. */
export async function replaceGroups(ctx: Ctx, contactId: string, groupIds: readonly string[]): Promise<void> {
  const visible = await ctx.db.select({ id: groups.id }).from(groups).where(visibleGroups(ctx))
  const known = new Set(visible.map(({ id }) => id))
  const wanted = [...new Set(groupIds)]
  if (wanted.some((id) => !known.has(id))) throw noGroup()
  if (known.size === 0) return
  await ctx.db
    .delete(groupMembers)
    .where(and(eq(groupMembers.contactId, contactId), inArray(groupMembers.groupId, [...known])))
  if (wanted.length === 0) return
  const { workspaceId, now: createdAt } = ctx
  await ctx.db.insert(groupMembers).values(wanted.map((groupId) => ({ workspaceId, groupId, contactId, createdAt })))
}
