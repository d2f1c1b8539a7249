import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { visibleContacts } from '../contacts/visible-contacts'
import type { Batch } from './commit-import'
import { insertContacts } from './insert-contacts'
import { findGivers, printOf } from './judge-gifts'
import type { Cells } from './rules'
import { readCredits } from './rules-credits'
import { readGiver } from './rules-gift-row'
import { type Giver, giverKey, type NewGiver, type Resolved, resolveGivers } from './rules-givers'
import { identityOf } from './rules-twins'
import type { KeptEntry } from './table'
import { type ChangedVerdict, changeVerdicts } from './write-rows'

type Givers = {
  /** Who was made for these rows. */
  readonly made: readonly string[]
  /** Who was none before these gifts: what they were is what an undo makes them again. */
  readonly donorsToBe: readonly { readonly id: string; readonly before: object }[]
}

/**
 * Locks all whom these rows name, in the order of their ids, as every verb does. Makes who is not there yet; rows whose
 * contact was made or went since their verdict are given another one, or left out.
 */
export async function lockGivers(ctx: Ctx, { importId, credited }: Batch, rows: SQL): Promise<Givers> {
  const wanted = await namedIn(ctx, rows, credited)
  const there = await lockThese(ctx, wanted)
  const known = new Set(there.map(({ id }) => id))
  const lost = wanted.filter((id) => !known.has(id))
  const { made, moved } = lost.length === 0 ? NOBODY : await makeLost(ctx, { importId, rows, lost: new Set(lost) })
  const others = moved.filter((id) => !made.includes(id))
  const late = others.length === 0 ? [] : await lockThese(ctx, others)
  const donorsToBe = [...there, ...late].flatMap(({ id, before }) => (before ? [{ id, before }] : []))
  return { made, donorsToBe }
}

const NOBODY = { made: [], moved: [] }

async function namedIn(ctx: Ctx, rows: SQL, credited: boolean): Promise<string[]> {
  const others = sql`union select (c ->> 'contactId')::uuid
    from (select entry from ${rows}) r, jsonb_array_elements(r.entry -> 'softCredits') c`
  const found = await ctx.db.execute<{ id: string }>(sql`
    select distinct contact_id as id from (select contact_id from ${rows}) r ${credited ? others : sql``}`)
  return found.map(({ id }) => id)
}

type Locked = { readonly id: string; readonly before: object | null }

function lockThese(ctx: Ctx, ids: readonly string[]): Promise<readonly Locked[]> {
  return ctx.db.execute<Locked>(sql`
    select id, case when status <> 'donor' then json_build_object('status', status, 'updatedAt', updated_at) end as before
    from contacts where id = any(${sql.param(ids)}::uuid[]) and ${visibleContacts(ctx)} order by id for no key update`)
}

/** A row whose contact, or somebody credited for it, is not there. */
type LostRow = {
  readonly place: number
  readonly cells: Cells
  readonly contactId: string
  readonly entry: KeptEntry
}

type Lost = { readonly importId: string; readonly rows: SQL; readonly lost: ReadonlySet<string> }

async function makeLost(ctx: Ctx, { importId, rows, lost }: Lost): Promise<{ made: string[]; moved: string[] }> {
  const named = (await findLost(ctx, rows, [...lost], DISTINCT)).flatMap(namesOf).filter(({ id }) => lost.has(id))
  const ids = new Map(named.map(({ giver, id }) => [giverKey(giver), id]))
  const givers = named.map(({ giver }) => giver)
  const taken = await findTaken(ctx, lost)
  const mint = (giver: Giver) => {
    const id = ids.get(giverKey(giver))
    return id === undefined || taken.has(id) ? newId() : id
  }
  const resolved = resolveGivers(givers, await findGivers(ctx, givers), mint)
  const made = [...resolved.values()].flatMap((who) => ('made' in who && who.made ? [who.made] : []))
  await insertContacts(ctx, made.map(toPerson))
  const now = new Map(named.map(({ giver, id }) => [id, idOf(resolved.get(giverKey(giver)))]))
  const moved = [...now].filter(([old, id]) => id !== old)
  if (moved.length > 0) {
    const theirs = moved.map(([old]) => old)
    await moveRows(ctx, importId, { rows: await findLost(ctx, rows, theirs, sql``), now })
  }
  return { made: made.map(({ id }) => id), moved: moved.flatMap(([, id]) => id ?? []) }
}

/** Of those who are not there for this member: who is another's, or deleted, and so keeps the id. */
async function findTaken(ctx: Ctx, lost: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select id from contacts where id = any(${sql.param([...lost])}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

function idOf(who: Resolved | undefined): string | null {
  return who && 'contactId' in who ? who.contactId : null
}

/** One row of each that names the same people. */
const DISTINCT = sql`distinct on (r.contact_id, r.cells ->> 'contact_email', r.cells ->> 'contact_first_name',
  r.cells ->> 'contact_last_name', r.entry -> 'softCredits')`

function findLost(ctx: Ctx, rows: SQL, lost: readonly string[], distinct: SQL): Promise<readonly LostRow[]> {
  const gone = sql`any(${sql.param(lost)}::uuid[])`
  return ctx.db.execute<LostRow>(sql`
    select ${distinct} r.place, r.cells, r.contact_id as "contactId", r.entry from (select * from ${rows}) r
    where r.contact_id = ${gone} or exists (
      select from jsonb_array_elements(r.entry -> 'softCredits') c where (c ->> 'contactId')::uuid = ${gone})`)
}

/** Whom a row names, each with the contact that the verdict gave them. */
function namesOf({ cells, contactId, entry }: LostRow): { giver: Giver; id: string }[] {
  const giver = readGiver(cells)
  const credits = readCredits(cells.soft_credits ?? '', entry.currency)
  const own = 'reason' in giver ? [] : [{ giver, id: contactId }]
  const others = 'reason' in credits ? [] : credits
  return [...own, ...others.map((one, at) => ({ giver: one.giver, id: entry.softCredits[at]?.contactId ?? '' }))]
}

function toPerson({ id, email, firstName, lastName }: NewGiver) {
  const point = { kind: 'email' as const, value: email, folded: email.toLowerCase(), address: null }
  return { id, kind: 'person' as const, firstName, lastName, name: '', notes: '', added: email ? [point] : [] }
}

type Moving = { readonly rows: readonly LostRow[]; readonly now: ReadonlyMap<string, string | null> }

/** Rows of somebody who is another contact now, and of nobody: their verdict is an error. */
async function moveRows(ctx: Ctx, importId: string, { rows, now }: Moving): Promise<void> {
  const idNow = (id: string) => (now.has(id) ? (now.get(id) ?? null) : id)
  const [gone, kept]: [ChangedVerdict[], LostRow[]] = [[], []]
  for (const row of rows) {
    const [contactId, ...credited] = [row.contactId, ...row.entry.softCredits.map((one) => one.contactId)].map(idNow)
    if (!contactId || credited.some((id) => id === null)) gone.push(goneAt(row.place))
    else kept.push(moveRow(row, contactId, credited))
  }
  await changeVerdicts(ctx, importId, gone)
  await ctx.db.execute(sql`
    update import_rows i set contact_id = n."contactId", entry = n.entry
    from json_to_recordset(${JSON.stringify(kept)}::json) n (place int, "contactId" uuid, entry jsonb)
    where i.workspace_id = ${ctx.workspaceId} and i.import_id = ${importId} and i.place = n.place`)
}

function goneAt(place: number): ChangedVerdict {
  return { place, verdict: 'error', reason: 'gone', field: 'contact_email', twinId: null }
}

function moveRow(row: LostRow, contactId: string, credited: readonly (string | null)[]): LostRow {
  const softCredits = row.entry.softCredits.map((one, at) => ({ ...one, contactId: credited[at] ?? one.contactId }))
  const identity = identityOf(contactId, { ...row.entry, amount: BigInt(row.entry.amount) })
  const fingerprint = row.entry.fingerprint === null ? null : printOf(identity)
  return { ...row, contactId, entry: { ...row.entry, softCredits, fingerprint } }
}
