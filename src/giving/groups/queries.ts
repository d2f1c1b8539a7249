import { and, asc, count, eq, inArray, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { isUuid } from '@/kernel/ids'
import { contacts } from '../contacts/table'
import { ownContacts, visibleContacts } from '../contacts/visible-contacts'
import type { GroupPage, PageGroups, ShownGroup } from './schema'
import { groupMembers, groups } from './table'
import { visibleGroups } from './visible-groups'

/** Shared groups and the reader's own, by name, with how many of the contacts that they may see are in each. */
export async function listGroups(ctx: Ctx): Promise<ShownGroup[]> {
  return (await readGroups(ctx)).map(toShown)
}

/** The same a page at a time. */
export async function pageGroups(ctx: Ctx, { cursor, limit }: PageGroups): Promise<GroupPage> {
  const rows = await readGroups(ctx, afterCursor(cursor), limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1)?.group : undefined
  return { groups: page.map(toShown), nextCursor: last ? `${last.id}_${last.folded}` : null }
}

const UUID_LENGTH = 36

/** The id comes first, for a name may hold anything. */
function afterCursor(cursor: string | null | undefined): SQL | undefined {
  if (!cursor) return undefined
  const id = cursor.slice(0, UUID_LENGTH)
  if (!isUuid(id) || cursor[UUID_LENGTH] !== '_') {
    throw new AppError('bad_input', 'a cursor of another list', { reason: 'contact.badCursor' })
  }
  return sql`(${groups.folded}, ${groups.id}) > (${cursor.slice(UUID_LENGTH + 1)}, ${id}::uuid)`
}

async function readGroups(ctx: Ctx, after?: SQL, most?: number) {
  requirePermission(ctx, 'contacts.read')
  const counted = ctx.db
    .select({ groupId: groupMembers.groupId, all: count().as('all') })
    .from(groupMembers)
    .where(ofShown(ctx))
    .groupBy(groupMembers.groupId)
    .as('counted')
  const rows = ctx.db
    .select({ group: groups, all: sql<number>`coalesce(${counted.all}, 0)`.mapWith(Number) })
    .from(groups)
    .leftJoin(counted, eq(counted.groupId, groups.id))
    .where(and(visibleGroups(ctx), after))
    .orderBy(asc(groups.folded), asc(groups.id))
  return most === undefined ? rows : rows.limit(most)
}

/** Whoever sees all leaves out the deleted, which are few: to look for each member whether they are there takes longer. */
function ofShown(ctx: Ctx): SQL {
  const some = (where: SQL) => ctx.db.select({ id: contacts.id }).from(contacts).where(where)
  if (ownContacts(ctx)) return inArray(groupMembers.contactId, some(visibleContacts(ctx)))
  return notInArray(groupMembers.contactId, some(isNotNull(contacts.deletedAt)))
}

type Row = Awaited<ReturnType<typeof readGroups>>[number]

function toShown({ group: { id, name, colour, memberId }, all }: Row): ShownGroup {
  return { id, name, colour, count: all, personal: memberId !== null }
}
