import { eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Ctx } from '@/accounts/context'
import { contacts } from './table'
import { ownContacts } from './visible-contacts'

/** `mine`: of contacts that the reader looks after, and of nobody's where they see all. */
export type Whose = 'mine' | 'all'

/** A condition on a table that has a contact's id: rows that the reader sees, and of these their own; none for all. */
export function ofWhose(ctx: Ctx, whose: Whose, contactId: AnyPgColumn): SQL | undefined {
  const own = ownContacts(ctx) ?? (whose === 'mine' ? mine(ctx) : undefined)
  return own && sql`${contactId} in ${ctx.db.select({ id: contacts.id }).from(contacts).where(own)}`
}

function mine({ actor }: Ctx): SQL | undefined {
  return actor.kind === 'job' ? undefined : or(eq(contacts.ownerId, actor.memberId), isNull(contacts.ownerId))
}

/** Where nobody else looks after a contact, mine are all: the question that every index and rollup answers. */
export async function narrowWhose(ctx: Ctx, whose: Whose): Promise<Whose> {
  if (whose === 'all' || ctx.actor.kind === 'job') return 'all'
  const [others] = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(ne(contacts.ownerId, ctx.actor.memberId))
    .limit(1)
  return others || ownContacts(ctx) ? 'mine' : 'all'
}
