import { and, count, inArray, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { contacts } from '../contacts/table'
import { noContact, visibleContacts } from '../contacts/visible-contacts'

/**
 * First in every verb that changes what a contact gave or promised: the contact's row is the lock of everything that
 * hangs on it. All at once and in the order of their ids, so that no two verbs wait for each other. Throws `not_found`
 * when the actor does not see all of `ids`; `unseen` are locked with them, whoever they are.
 */
export async function lockContacts(ctx: Ctx, ids: readonly string[], unseen: readonly string[] = []): Promise<void> {
  await lockKept(ctx, [...ids, ...unseen])
  const wanted = [...new Set(ids)]
  const [row] = await ctx.db
    .select({ seen: count() })
    .from(contacts)
    .where(and(anyOf(wanted), visibleContacts(ctx)))
  if (row?.seen !== wanted.length) throw noContact()
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
