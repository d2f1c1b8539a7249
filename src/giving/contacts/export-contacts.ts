import { and, asc, inArray } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { type ContactColumns, contactsCsv } from './rules-csv'
import { contactPoints, contacts } from './table'
import { type ContactRow, noContact, visibleContacts } from './visible-contacts'

type Point = typeof contactPoints.$inferSelect

/** The chosen contacts as a CSV file that the import reads again. Who took them stands in the audit log. */
export async function exportContacts(ctx: Ctx, ids: readonly string[]): Promise<{ csv: string }> {
  requirePermission(ctx, 'contacts.read')
  const rows = await ctx.db
    .select()
    .from(contacts)
    .where(and(inArray(contacts.id, [...ids]), visibleContacts(ctx)))
    .orderBy(asc(contacts.sortName), asc(contacts.id))
  if (rows.length === 0) throw noContact()
  const found = rows.map(({ id }) => id)
  const points = await ctx.db.select().from(contactPoints).where(inArray(contactPoints.contactId, found))
  const byContact = Map.groupBy(
    points.filter(({ primary }) => primary),
    ({ contactId }) => contactId,
  )
  await writeAudit(ctx, 'contact.export', null, { count: rows.length })
  return { csv: contactsCsv(rows.map((row) => toColumns(row, byContact.get(row.id) ?? []))) }
}

function toColumns(row: ContactRow, points: readonly Point[]): ContactColumns {
  const primaryOf = (kind: Point['kind']) => points.find((point) => point.kind === kind)
  const address = primaryOf('address')?.address
  return {
    first_name: row.firstName,
    last_name: row.kind === 'person' ? row.lastName : row.displayName,
    email: primaryOf('email')?.value ?? '',
    phone: primaryOf('phone')?.value ?? '',
    street_address: address?.street ?? '',
    city: address?.city ?? '',
    state: address?.region ?? '',
    postal_code: address?.postalCode ?? '',
    country: address?.country ?? '',
    notes: row.notes,
  }
}
