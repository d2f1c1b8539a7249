import { and, eq, inArray, ne, type SQL } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { sortName } from './rules-names'
import type { SimilarContacts, SimilarInput } from './schema'
import { contactPoints, contacts } from './table'
import { visibleContacts } from './visible-contacts'
import { countryOf, foldEmail, foldPhone } from './write-points'

const MOST = 5

/** Who may be the one who is being entered: the same e-mail address, phone or name. The surest first. */
export async function findSimilar(ctx: Ctx, input: SimilarInput): Promise<SimilarContacts> {
  requirePermission(ctx, 'contacts.read')
  const emails = input.emails.filter(Boolean).map(foldEmail)
  const phones = input.phones.filter(Boolean)
  const country = phones.length > 0 ? await countryOf(ctx) : null
  const dialled = phones.map((phone) => foldPhone(phone, country))
  const found = [
    ...(await withPoint(ctx, input, 'email', emails)),
    ...(await withPoint(ctx, input, 'phone', dialled)),
    ...(await withName(ctx, input)),
  ]
  return [...new Map(found.toReversed().map((one) => [one.id, one])).values()].toReversed().slice(0, MOST)
}

async function withPoint(
  ctx: Ctx,
  input: SimilarInput,
  same: 'email' | 'phone',
  folded: readonly string[],
): Promise<SimilarContacts> {
  if (folded.length === 0) return []
  const having = ctx.db
    .select({ id: contactPoints.contactId })
    .from(contactPoints)
    .where(and(eq(contactPoints.kind, same), inArray(contactPoints.folded, [...folded])))
  const rows = await others(ctx, input, inArray(contacts.id, having))
  return rows.map((row) => ({ ...row, same }))
}

async function withName(ctx: Ctx, input: SimilarInput): Promise<SimilarContacts> {
  const name = sortName(input)
  if (name === '') return []
  const rows = await others(ctx, input, eq(contacts.sortName, name))
  return rows.map((row) => ({ ...row, same: 'name' as const }))
}

function others(ctx: Ctx, { except }: SimilarInput, where: SQL) {
  return ctx.db
    .select({ id: contacts.id, displayName: contacts.displayName })
    .from(contacts)
    .where(and(visibleContacts(ctx), where, except ? ne(contacts.id, except) : undefined))
    .limit(MOST)
}
