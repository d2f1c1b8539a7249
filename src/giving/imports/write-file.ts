import { sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { csvLine, inertCell } from '@/kernel/csv'
import { toDecimal } from '@/kernel/money'
import { visibleContacts } from '../contacts/visible-contacts'
import { CONTACT_FIELDS, fieldsOf, GIFT_FIELDS, type ImportKind } from './rules'
import { writeCredits } from './rules-credits'

const PAGE = 2000

/** One page of an export as CSV lines, and after which row the next one begins; null: there is none. */
export type ExportPage = { readonly text: string; readonly after: string | null }

/** With a byte order mark, without which a spreadsheet breaks letters. Who took it stands in the audit log. */
export async function beginExport(ctx: Ctx, kind: ImportKind): Promise<string> {
  requirePermission(ctx, kind === 'gifts' ? 'gifts.read' : 'contacts.read')
  await writeAudit(ctx, `${kind === 'gifts' ? 'gift' : 'contact'}.exportAll`, null)
  return `\uFEFF${csvLine(fieldsOf(kind))}\r\n`
}

/** The next rows in the columns that an import reads: contacts, or counted gifts that are no refunds. */
export async function readExport(ctx: Ctx, kind: ImportKind, after: string | null): Promise<ExportPage> {
  requirePermission(ctx, kind === 'gifts' ? 'gifts.read' : 'contacts.read')
  const rows = kind === 'gifts' ? await giftRows(ctx, after) : await contactRows(ctx, after)
  const fields = kind === 'gifts' ? GIFT_FIELDS : CONTACT_FIELDS
  const lines = rows.map((row) => `${csvLine(fields.map((field) => inertCell(row[field] ?? '')))}\r\n`)
  return { text: lines.join(''), after: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) }
}

type Row = Readonly<Record<string, string | null>> & { readonly id: string }

const NO_ID = '00000000-0000-0000-0000-000000000000'

function contactRows(ctx: Ctx, after: string | null): Promise<readonly Row[]> {
  return ctx.db.execute<Row>(sql`
    select contacts.id, first_name, case contacts.kind when 'person' then last_name else name end as last_name, e.value as email,
      p.value as phone, a.address ->> 'street' as street_address, a.address ->> 'city' as city,
      a.address ->> 'region' as state, a.address ->> 'postalCode' as postal_code, a.address ->> 'country' as country,
      notes, contacts.kind
    from contacts ${primary('email', 'e')} ${primary('phone', 'p')} ${primary('address', 'a')}
    where ${visibleContacts(ctx)} and contacts.id > ${after ?? NO_ID} order by contacts.id limit ${PAGE}`)
}

function primary(kind: string, name: string) {
  const as = sql.raw(name)
  return sql`left join contact_points ${as} on ${as}.workspace_id = contacts.workspace_id
    and ${as}.contact_id = contacts.id and ${as}.kind = ${kind} and ${as}."primary"`
}

type GiftRow = {
  readonly id: string
  readonly amount: string
  readonly currency: string
  readonly anonymous: boolean
  readonly extra: boolean
  readonly credits: readonly CreditRow[] | null
}
type CreditRow = {
  readonly email: string | null
  readonly first: string
  readonly last: string
  readonly amount: string
}

async function giftRows(ctx: Ctx, after: string | null): Promise<readonly Row[]> {
  const rows = await ctx.db.execute<GiftRow & Record<string, unknown>>(sql`
    select g.id, e.value as contact_email, contacts.first_name as contact_first_name, ${LAST_NAME} as contact_last_name,
      (g.amount - g.refunded)::text as amount, g.currency, g.given_on::text as date, g.type as donation_type,
      g.method as payment_method, g.external_id, g.note as notes, f.name as fund, g.anonymous, g.extra, ${credits(ctx)} as credits
    from gifts g join contacts on contacts.workspace_id = g.workspace_id and contacts.id = g.contact_id
    left join funds f on f.workspace_id = g.workspace_id and f.id = g.fund_id ${primary('email', 'e')}
    where ${visibleContacts(ctx)} and g.reverses_id is null and g.voided_at is null and g.refunded < g.amount
      and g.id > ${after ?? NO_ID} order by g.id limit ${PAGE}`)
  return rows.map(toRow)
}

const LAST_NAME = sql`case contacts.kind when 'person' then contacts.last_name else contacts.name end`

/** Who brought it about, of those whom the reader sees. */
function credits(ctx: Ctx) {
  return sql`(
    select json_agg(json_build_object('email', e.value, 'first', contacts.first_name, 'last', ${LAST_NAME},
      'amount', s.amount::text) order by contacts.sort_name, contacts.id)
    from soft_credits s join contacts on contacts.workspace_id = s.workspace_id and contacts.id = s.contact_id ${primary('email', 'e')}
    where s.workspace_id = g.workspace_id and s.gift_id = g.id and ${visibleContacts(ctx)})`
}

function toRow({ amount, currency, anonymous, extra, credits, ...rest }: GiftRow & Record<string, unknown>): Row {
  const named = (credits ?? []).map(({ email, first, last, amount: worth }) => ({
    giver: { email: email ?? '', firstName: first, lastName: last },
    amount: BigInt(worth),
  }))
  const flags = { anonymous: anonymous ? 'yes' : '', extra: extra ? 'yes' : '' }
  const money = { amount: toDecimal({ amount: BigInt(amount), currency }), currency }
  // What is left are the texts of the statement above.
  return { ...(rest as Row), ...money, ...flags, soft_credits: writeCredits(named, currency) }
}
