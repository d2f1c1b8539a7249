import { and, asc, count, eq, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { contacts } from '../contacts/table'
import { visibleContacts } from '../contacts/visible-contacts'
import type { ShownGroup } from './schema'
import { groupMembers, groups } from './table'
import { visibleGroups } from './visible-groups'

/** Shared groups and the reader's own, by name, with how many of the contacts that they may see are in each. */
export async function listGroups(ctx: Ctx): Promise<ShownGroup[]> {
  requirePermission(ctx, 'contacts.read')
  const counted = ctx.db
    .select({ groupId: groupMembers.groupId, all: count().as('all') })
    .from(groupMembers)
    .innerJoin(contacts, and(eq(contacts.id, groupMembers.contactId), visibleContacts(ctx)))
    .groupBy(groupMembers.groupId)
    .as('counted')
  const rows = await ctx.db
    .select({ group: groups, all: sql<number>`coalesce(${counted.all}, 0)`.mapWith(Number) })
    .from(groups)
    .leftJoin(counted, eq(counted.groupId, groups.id))
    .where(visibleGroups(ctx))
    .orderBy(asc(groups.folded), asc(groups.id))
  return rows.map(({ group: { id, name, colour, memberId }, all }) => ({
    ...{ id, name, colour, count: all },
    personal: memberId !== null,
  }))
}
