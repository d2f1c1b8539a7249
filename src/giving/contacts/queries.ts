import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { groupMembers, groups } from '../groups/table'
import { findGroup, visibleGroups } from '../groups/visible-groups'
import { describeContact, listContact } from './describe-contact'
import { matchesWords } from './match-words'
import { orderOf } from './order-contacts'
import type { ContactPage, ListContacts, ShownContact } from './schema'
import { contactConsents, contactPoints, contacts, householdMembers } from './table'
import { findContact, visibleContacts } from './visible-contacts'

/** Contacts that the reader may see, a page at a time. */
export async function listContacts(ctx: Ctx, input: ListContacts): Promise<ContactPage> {
  requirePermission(ctx, 'contacts.read')
  if (input.groupId) await findGroup(ctx, input.groupId)
  const order = orderOf(input)
  const rows = await ctx.db
    .select()
    .from(contacts)
    .where(and(visibleContacts(ctx), ...conditions(ctx, input), order.after))
    .orderBy(...order.by)
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1) : undefined
  return { contacts: await listRows(ctx, page), nextCursor: last ? order.cursorOf(last) : null }
}

function conditions(ctx: Ctx, { q, kind, status, groupId, ownerId, unowned }: ListContacts): (SQL | undefined)[] {
  return [
    matchesWords(ctx, q ?? ''),
    kind && eq(contacts.kind, kind),
    status && eq(contacts.status, status),
    groupId ? inArray(contacts.id, membersOf(ctx, groupId)) : undefined,
    ownerId ? eq(contacts.ownerId, ownerId) : undefined,
    unowned ? isNull(contacts.ownerId) : undefined,
  ]
}

function membersOf(ctx: Ctx, groupId: string) {
  return ctx.db.select({ id: groupMembers.contactId }).from(groupMembers).where(eq(groupMembers.groupId, groupId))
}

type Row = typeof contacts.$inferSelect

async function listRows(ctx: Ctx, rows: readonly Row[]): Promise<ContactPage['contacts']> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const points = Map.groupBy(await findPoints(ctx, ids), ({ contactId }) => contactId)
  const marks = Map.groupBy(await findGroups(ctx, ids), ({ contactId }) => contactId)
  const owners = await findOwners(ctx)
  return rows.map((row) =>
    listContact(row, { points: points.get(row.id) ?? [], groups: marks.get(row.id) ?? [], owners }),
  )
}

function findPoints(ctx: Ctx, ids: readonly string[]) {
  return ctx.db
    .select()
    .from(contactPoints)
    .where(inArray(contactPoints.contactId, [...ids]))
    .orderBy(
      desc(contactPoints.primary),
      asc(contactPoints.historic),
      asc(contactPoints.createdAt),
      asc(contactPoints.id),
    )
}

function findGroups(ctx: Ctx, ids: readonly string[]) {
  return ctx.db
    .select({ contactId: groupMembers.contactId, id: groups.id, name: groups.name, colour: groups.colour })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.id, groupMembers.groupId), visibleGroups(ctx)))
    .where(inArray(groupMembers.contactId, [...ids]))
    .orderBy(asc(groups.folded))
}

async function findOwners(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  const rows = await listOwners(ctx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The members who may look after contacts, by name. */
export async function listOwners(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx, 'contacts.read')
  return ctx.db
    .select({ id: members.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .orderBy(asc(users.name), asc(members.id))
}

/** One contact with all that this room keeps of them. */
export async function getContact(ctx: Ctx, id: string): Promise<ShownContact> {
  const row = await findContact(ctx, id)
  return describeContact(row, {
    points: await findPoints(ctx, [id]),
    groups: await findGroups(ctx, [id]),
    owners: await findOwners(ctx),
    consents: await findConsents(ctx, id),
    household: await findHousehold(ctx, id),
    members: await findMembers(ctx, id),
  })
}

/** The newest decision of each channel. */
function findConsents(ctx: Ctx, id: string) {
  return ctx.db
    .selectDistinctOn([contactConsents.channel])
    .from(contactConsents)
    .where(eq(contactConsents.contactId, id))
    .orderBy(contactConsents.channel, desc(contactConsents.decidedOn), desc(contactConsents.id))
}

const NAMED = { id: contacts.id, displayName: contacts.displayName }

async function findHousehold(ctx: Ctx, id: string) {
  const [row] = await ctx.db
    .select(NAMED)
    .from(householdMembers)
    .innerJoin(contacts, and(eq(contacts.id, householdMembers.householdId), visibleContacts(ctx)))
    .where(eq(householdMembers.contactId, id))
  return row ?? null
}

function findMembers(ctx: Ctx, id: string) {
  return ctx.db
    .select(NAMED)
    .from(householdMembers)
    .innerJoin(contacts, and(eq(contacts.id, householdMembers.contactId), visibleContacts(ctx)))
    .where(eq(householdMembers.householdId, id))
    .orderBy(asc(householdMembers.createdAt), asc(contacts.id))
}

/** The contact before and after in the list by name, for who leafs through records. */
export async function findNeighbours(
  ctx: Ctx,
  id: string,
): Promise<{ previousId: string | null; nextId: string | null }> {
  const row = await findContact(ctx, id)
  const key = sql`(${contacts.sortName}, ${contacts.id})`
  const place = sql`(${row.sortName}, ${row.id}::uuid)`
  const besides = (where: SQL, by: SQL[]) =>
    ctx.db
      .select({ id: contacts.id })
      .from(contacts)
      .where(and(visibleContacts(ctx), where))
      .orderBy(...by)
      .limit(1)
  const [previous] = await besides(sql`${key} < ${place}`, [desc(contacts.sortName), desc(contacts.id)])
  const [next] = await besides(sql`${key} > ${place}`, [asc(contacts.sortName), asc(contacts.id)])
  return { previousId: previous?.id ?? null, nextId: next?.id ?? null }
}
