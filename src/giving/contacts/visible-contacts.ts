import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { type Ctx, requirePermission } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { AppError } from '@/kernel/app-error'
import { contacts } from './table'

// The one row rule of giving: who lacks `contacts.all` works with their own contacts and what hangs on them. Every query
// and verb of giving goes through one of these, or a contact's gifts and tasks are open to others.

/** A condition on `contacts`: those that the actor may see, without deleted ones. */
export function visibleContacts(ctx: Ctx): SQL {
  return sql`${and(isNull(contacts.deletedAt), ownContacts(ctx))}`
}

/** A condition on `contacts`: those that the actor may see, deleted ones too; none where they may see all. */
export function ownContacts({ actor }: Pick<Ctx, 'actor'>): SQL | undefined {
  return actor.kind === 'job' || may(actor.role, 'contacts.all') ? undefined : eq(contacts.ownerId, actor.memberId)
}

/** A condition on a table that has a contact's id: rows of contacts that the actor may see; none where they may see all. */
export function ofVisibleContact(ctx: Ctx, contactId: AnyPgColumn): SQL | undefined {
  const own = ownContacts(ctx)
  return own && sql`${contactId} in ${ctx.db.select({ id: contacts.id }).from(contacts).where(own)}`
}

export type ContactRow = typeof contacts.$inferSelect

/** Throws `not_found` for a contact of another workspace, of another member's where the actor sees their own, and deleted. */
export async function findContact(ctx: Ctx, id: string): Promise<ContactRow> {
  requirePermission(ctx, 'contacts.read')
  const [row] = await ctx.db
    .select()
    .from(contacts)
    .where(and(eq(contacts.id, id), visibleContacts(ctx)))
  if (!row) throw noContact()
  return row
}

/** As `findContact`, and nobody else changes it or what hangs on it before this transaction ends. */
export async function lockContact(ctx: Ctx, id: string): Promise<ContactRow> {
  requirePermission(ctx, 'contacts.read')
  const [row] = await ctx.db
    .select()
    .from(contacts)
    .where(and(eq(contacts.id, id), visibleContacts(ctx)))
    .for('update')
  if (!row) throw noContact()
  return row
}

export function noContact(): AppError {
  return new AppError('not_found', 'no such contact', { reason: 'contact.notFound' })
}
