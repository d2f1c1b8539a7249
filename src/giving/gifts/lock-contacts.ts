import { and, inArray, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { contacts } from '../contacts/table'
import { noContact, visibleContacts } from '../contacts/visible-contacts'

/**
 * First in every verb that changes what a contact gave or promised: the contact's row is the lock of everything that
 * hangs on it. All at once and in the order of their ids, so that no two verbs wait for each other. Throws `not_found`
 * when the actor does not see all of them.
 */
export async function lockContacts(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)].sort()
  const rows = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(anyOf(wanted), visibleContacts(ctx)))
    .orderBy(contacts.id)
    .for('no key update')
  if (rows.length !== wanted.length) throw noContact()
}

/** One parameter, however many there are: `inArray` takes one each, and PostgreSQL no more than 65,535. */
function anyOf(ids: readonly string[]) {
  return ids.length < 100 ? inArray(contacts.id, [...ids]) : sql`${contacts.id} = any(${sql.param([...ids])}::uuid[])`
}

/** The same for what the clock changes: deleted contacts too, whose pledges go on in case they are restored. */
export async function lockKept(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)].sort()
  await ctx.db.select({ id: contacts.id }).from(contacts).where(anyOf(wanted)).orderBy(contacts.id).for('no key update')
}
