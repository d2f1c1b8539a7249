import { createHash } from 'node:crypto'
import { and, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { contacts } from '../contacts/table'
import { visibleContacts } from '../contacts/visible-contacts'
import { funds } from '../funds/table'
import { readWorkspace } from '../gifts/read-workspace'
import type { FileRow, Reading } from './rules-file'
import { type GiftEntry, type GiftFormat, readGiftRow } from './rules-gift-row'
import { type Giver, giverKey, giverName, type KnownGiver, type Resolved, resolveGivers } from './rules-givers'
import { type Candidate, findTwins, identityOf, type Ledger, numberRows, printKey, type TypedGift } from './rules-twins'
import type { JudgedRow } from './write-rows'

/** The columns of this file, on this day, with the funds that are open. */
export async function readFormat(ctx: Ctx, reading: Pick<Reading, 'dateOrder' | 'decimalMark'>): Promise<GiftFormat> {
  const { today, currency } = await readWorkspace(ctx)
  const open = await ctx.db.select().from(funds).where(isNull(funds.archivedAt))
  const { dateOrder, decimalMark } = reading
  return { dateOrder, decimalMark, today, currency, funds: new Map(open.map((fund) => [fund.folded, fund.id])) }
}

/** The verdict of every row of a file of gifts. Writes nothing. */
export async function judgeGifts(ctx: Ctx, rows: readonly FileRow[], format: GiftFormat): Promise<JudgedRow[]> {
  const read = rows.map((row) => ({ row, entry: row.crooked ? CROOKED : readGiftRow(row.cells, format) }))
  const entries = read.flatMap(({ row, entry }) => ('reason' in entry ? [] : [{ line: row.line, entry }]))
  const resolved = await resolveAll(
    ctx,
    entries.map(({ entry }) => entry.giver),
  )
  const candidates = numbered(entries, resolved)
  const verdicts = findTwins(candidates, {
    ...(await readTaken(ctx, candidates)),
    typed: await readTyped(ctx, candidates),
  })
  const found = new Map(candidates.map((one, at) => [one.line, { one, verdict: verdicts[at] }]))
  return read.map(({ row, entry }) => {
    if ('reason' in entry) return failed(row, entry.reason, entry.field)
    const { one, verdict } = found.get(row.line) ?? {}
    const who = resolved.get(giverKey(entry.giver))
    if (!one || !verdict) return failed(row, who && 'reason' in who ? who.reason : 'noContact', 'contact_email')
    const { contactId, occurrence } = one
    return {
      ...row,
      ...verdict,
      reason: null,
      field: null,
      contactId,
      occurrence,
      order: `${contactId}${entry.givenOn}`,
    }
  })
}

const CROOKED = { reason: 'crooked', field: null } as const

export function failed({ line, cells }: FileRow, reason: string, field: string | null): JudgedRow {
  const nobody = { contactId: null, twinId: null, twinLine: null, occurrence: null, order: '' }
  return { line, cells, verdict: 'error', reason, field, ...nobody }
}

type Read = { readonly line: number; readonly entry: GiftEntry }

function numbered(entries: readonly Read[], resolved: ReadonlyMap<string, Resolved>): Candidate[] {
  const known = entries.flatMap(({ line, entry }) => {
    const who = resolved.get(giverKey(entry.giver))
    return who && 'contactId' in who ? [{ line, entry, contactId: who.contactId }] : []
  })
  const identities = known.map(({ contactId, entry }) => identityOf(contactId, entry))
  const numbers = numberRows(
    identities.map((identity, at) => (known[at]?.entry.externalId === null ? identity : `#${at}`)),
  )
  return known.map((one, at) => ({ ...one, fingerprint: printOf(identities[at] ?? ''), occurrence: numbers[at] ?? 1 }))
}

/** Of a gift's identity, short enough for an index. */
export function printOf(identity: string): string {
  return createHash('sha256').update(identity).digest('base64url')
}

async function resolveAll(ctx: Ctx, givers: readonly Giver[]): Promise<ReadonlyMap<string, Resolved>> {
  return resolveGivers(givers, await findGivers(ctx, givers), () => newId())
}

/** Everybody whom one of these may mean. */
export async function findGivers(ctx: Ctx, givers: readonly Giver[]): Promise<KnownGiver[]> {
  const emails = [...new Set(givers.map(({ email }) => email.toLowerCase()).filter(Boolean))]
  const names = [...new Set(givers.filter(({ email }) => email === '').map(giverName))]
  return ctx.db.execute<{ id: string; sortName: string; emails: string[] }>(sql`
    select contacts.id, contacts.sort_name as "sortName", array(
      select folded from contact_points p where p.workspace_id = contacts.workspace_id and p.contact_id = contacts.id
        and p.kind = 'email') as emails
    from contacts where ${visibleContacts(ctx)} and contacts.id in (
      select contact_id from contact_points where kind = 'email' and folded = any(${sql.param(emails)}::text[])
      union all select id from contacts where sort_name = any(${sql.param(names)}::text[]))`)
}

/** What the ledger has of these rows, by number and by fingerprint. */
export async function readTaken(ctx: Ctx, rows: readonly Candidate[]): Promise<Omit<Ledger, 'typed'>> {
  const numbers = rows.flatMap(({ entry }) => entry.externalId ?? [])
  const external = await ctx.db.execute<{ id: string; external_id: string }>(sql`
    select id, external_id from gifts where external_id = any(${sql.param(numbers)}::text[])`)
  const prints = rows.filter(({ entry }) => entry.externalId === null).map(({ fingerprint }) => fingerprint)
  const printed = await ctx.db.execute<{ id: string; fingerprint: string; occurrence: number }>(sql`
    select id, fingerprint, occurrence from gifts where fingerprint = any(${sql.param(prints)}::text[])`)
  return {
    external: new Map(external.map((row) => [row.external_id, row.id])),
    printed: new Map(printed.map((row) => [printKey(row.fingerprint, row.occurrence), row.id])),
  }
}

async function readTyped(ctx: Ctx, rows: readonly Candidate[]): Promise<TypedGift[]> {
  const places = rows.map(({ contactId, entry }) => ({ contactId, on: entry.givenOn, amount: entry.amount.toString() }))
  const found = await ctx.db.execute<Omit<TypedGift, 'amount'> & { amount: string }>(sql`
    select g.id, g.contact_id as "contactId", g.given_on::text as "givenOn", g.amount::text as amount, g.currency,
      g.fund_id as "fundId", g.note
    from (select distinct * from json_to_recordset(${JSON.stringify(places)}::json) r ("contactId" uuid, "on" date, amount bigint)) r
    join gifts g on g.workspace_id = ${ctx.workspaceId} and g.contact_id = r."contactId" and g.given_on = r."on" and g.amount = r.amount
    where g.fingerprint is null and g.external_id is null and g.reverses_id is null and g.voided_at is null
    order by g.id`)
  return found.map((gift) => ({ ...gift, amount: BigInt(gift.amount) }))
}

/** Which of these are contacts that the actor sees. */
export async function keepVisible(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ctx.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(sql`${contacts.id} = any(${sql.param([...ids])}::uuid[])`, visibleContacts(ctx)))
  return new Set(rows.map(({ id }) => id))
}
