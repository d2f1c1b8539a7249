import { createHash } from 'node:crypto'
import { isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { visibleContacts } from '../contacts/visible-contacts'
import { funds } from '../funds/table'
import { readWorkspace } from '../gifts/read-workspace'
import { type Counts, NO_COUNTS } from './rules'
import type { FileRow, Reading } from './rules-file'
import { type GiftEntry, type GiftFormat, readGiftRow } from './rules-gift-row'
import { type Giver, giverKey, giverName, type KnownGiver, type Resolved, resolveGivers } from './rules-givers'
import { orderPlaces } from './rules-order'
import {
  type Candidate,
  findTwins,
  type GiftVerdict,
  identityOf,
  type Ledger,
  nothingSeen,
  numberRows,
  printKey,
  type TypedGift,
} from './rules-twins'
import type { KeptEntry } from './table'
import { countInto, insertRows, type JudgedRow, type PlacedRow } from './write-rows'

/** The columns of this file, on this day, with the funds that are open. */
export async function readFormat(ctx: Ctx, reading: Pick<Reading, 'dateOrder' | 'decimalMark'>): Promise<GiftFormat> {
  const { today, currency } = await readWorkspace(ctx)
  const open = await ctx.db.select().from(funds).where(isNull(funds.archivedAt))
  const { dateOrder, decimalMark } = reading
  return { dateOrder, decimalMark, today, currency, funds: new Map(open.map((fund) => [fund.folded, fund.id])) }
}

type GiftFile = { readonly rows: () => Iterable<FileRow>; readonly format: GiftFormat }
type People = ReadonlyMap<string, Resolved>

/** Rows whose verdicts are found and written together. */
const CHUNK = 4000

/**
 * Gives every row of a file of gifts its verdict. The file is read twice: for whom its rows mean and in which order they
 * will be committed, and for the verdicts, some thousand rows at a time; it is never held whole.
 */
export async function judgeGifts(ctx: Ctx, importId: string, file: GiftFile): Promise<Counts> {
  const { people, places } = await surveyFile(ctx, file)
  const [counts, seen, number] = [{ ...NO_COUNTS }, nothingSeen(), numberRows()]
  let at = 0
  for (const rows of chunksOf(file.rows())) {
    const read = rows.map((row) => readRow(row, file.format))
    const candidates = read.flatMap((one) => toCandidate(one, people, number))
    const known = { ...(await readTaken(ctx, candidates)), typed: await readTyped(ctx, candidates) }
    const judged = judgeRead(read, people, { candidates, verdicts: findTwins(candidates, known, seen) })
    const from = at
    await insertRows(
      ctx,
      importId,
      judged.map((row, index): PlacedRow => ({ ...row, place: places[from + index] ?? 0 })),
    )
    countInto(counts, judged)
    at += rows.length
  }
  return counts
}

function* chunksOf(rows: Iterable<FileRow>): Generator<readonly FileRow[]> {
  let chunk: FileRow[] = []
  for (const row of rows) {
    if (chunk.push(row) < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

type Read = { readonly row: FileRow; readonly entry: ReturnType<typeof readGiftRow> }

const CROOKED = { reason: 'crooked', field: null } as const

function readRow(row: FileRow, format: GiftFormat): Read {
  return { row, entry: row.crooked ? CROOKED : readGiftRow(row.cells, format) }
}

/** Whom the rows mean, and the place of each, from 1, in the order of the file. */
async function surveyFile(ctx: Ctx, { rows, format }: GiftFile): Promise<{ people: People; places: Int32Array }> {
  const givers = new Map<string, Giver>()
  const keys: { readonly key: string; readonly on: string }[] = []
  for (const row of rows()) {
    const { entry } = readRow(row, format)
    if ('reason' in entry) keys.push(NOBODY)
    else keys.push({ key: note(givers, entry.giver), on: entry.givenOn })
    if ('credits' in entry) for (const { giver } of entry.credits) note(givers, giver)
  }
  const people = await resolveAll(ctx, [...givers.values()])
  const order = keys.map(({ key, on }) => {
    const who = people.get(key)
    return who && 'contactId' in who ? who.contactId + on : ''
  })
  return { people, places: orderPlaces(order) }
}

const NOBODY = { key: '', on: '' }

/** The key under which the giver is kept: one text for all rows of theirs. */
function note(givers: Map<string, Giver>, giver: Giver): string {
  const key = giverKey(giver)
  if (!givers.has(key)) givers.set(key, giver)
  return key
}

function idOf(people: People, giver: Giver): string | null {
  const who = people.get(giverKey(giver))
  return who && 'contactId' in who ? who.contactId : null
}

function toCandidate({ row, entry }: Read, people: People, number: (identity: string) => number): Candidate[] {
  if ('reason' in entry) return []
  const contactId = idOf(people, entry.giver)
  if (contactId === null || entry.credits.some(({ giver }) => idOf(people, giver) === null)) return []
  const fingerprint = printOf(identityOf(contactId, entry))
  const occurrence = entry.externalId === null ? number(fingerprint) : 1
  return [{ line: row.line, contactId, entry, fingerprint, occurrence }]
}

type Found = { readonly candidates: readonly Candidate[]; readonly verdicts: readonly GiftVerdict[] }

function judgeRead(read: readonly Read[], people: People, { candidates, verdicts }: Found): JudgedRow[] {
  const found = new Map(candidates.map((one, at) => [one.line, { one, verdict: verdicts[at] }]))
  return read.map(({ row, entry }) => {
    if ('reason' in entry) return failed(row, entry.reason, entry.field)
    const { one, verdict } = found.get(row.line) ?? {}
    if (!one || !verdict) return unresolved(row, entry, people)
    const { contactId, occurrence } = one
    const kept = verdict.verdict === 'duplicate' ? null : toKept(one, people)
    return { ...row, ...verdict, reason: null, field: null, contactId, occurrence, entry: kept }
  })
}

function unresolved(row: FileRow, { giver, credits }: GiftEntry, people: People): JudgedRow {
  const own = people.get(giverKey(giver))
  if (own && 'reason' in own) return failed(row, own.reason, 'contact_email')
  const others = credits.map((credit) => people.get(giverKey(credit.giver)))
  const bad = others.find((who) => who && 'reason' in who)
  return failed(row, bad && 'reason' in bad ? bad.reason : 'noContact', 'soft_credits')
}

/** What is entered when it is committed; its id is minted here, so that no row can become two gifts. */
function toKept({ entry, fingerprint }: Candidate, people: People): KeptEntry {
  const { giver: _, amount, credits, externalId, ...rest } = entry
  const softCredits = credits.flatMap((credit) => {
    const contactId = idOf(people, credit.giver)
    return contactId === null ? [] : [{ contactId, amount: credit.amount.toString() }]
  })
  const print = externalId === null ? fingerprint : null
  return { ...rest, id: newId(), amount: amount.toString(), externalId, fingerprint: print, softCredits }
}

export function failed({ line, cells }: FileRow, reason: string, field: string | null): JudgedRow {
  const nobody = { contactId: null, twinId: null, twinLine: null, occurrence: null, entry: null }
  return { line, cells, verdict: 'error', reason, field, ...nobody }
}

/** Of a gift's identity, short enough for an index. */
export function printOf(identity: string): string {
  return createHash('sha256').update(identity).digest('base64url')
}

async function resolveAll(ctx: Ctx, givers: readonly Giver[]): Promise<People> {
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
async function readTaken(ctx: Ctx, rows: readonly Candidate[]): Promise<Omit<Ledger, 'typed'>> {
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
