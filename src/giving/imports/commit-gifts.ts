import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { addGifts, type NewEntry } from '../gifts/add-gifts'
import type { Batch, CommitRow } from './commit-import'
import { insertContacts } from './insert-contacts'
import { findGivers, keepVisible, printOf, readFormat, readTaken } from './judge-gifts'
import { rememberContacts } from './remember-contacts'
import { readGiftRow } from './rules-gift-row'
import { giverKey, type NewGiver, resolveGivers } from './rules-givers'
import { type Candidate, identityOf, printKey } from './rules-twins'
import { type ChangedVerdict, changeVerdicts } from './write-rows'

type Row = CommitRow & Candidate

/** Enters a batch of gifts by the same verb as typed ones, with the contacts that they need. */
export async function commitGifts(ctx: Ctx, { importId, rows, reading }: Batch): Promise<void> {
  const format = await readFormat(ctx, reading)
  const read = rows.flatMap((row) => {
    const entry = readGiftRow(row.cells, format)
    return 'reason' in entry ? [] : [{ ...row, entry }]
  })
  const { known, made } = await findContacts(ctx, read)
  await insertContacts(ctx, made.map(toPerson))
  const { fresh, changed } = await leaveTaken(ctx, known)
  const donors = await notYetDonors(ctx, fresh, made)
  if (fresh.length > 0)
    await addGifts(
      ctx,
      fresh.map((row) => toEntry(row, importId)),
    )
  await rememberContacts(ctx, importId, [...made.map(({ id }) => ({ id, before: null })), ...donors])
  const left = rows.filter((row) => !known.some((one) => one.place === row.place))
  await changeVerdicts(ctx, importId, [...changed, ...left.map(({ place }) => gone(place))])
}

function gone(place: number): ChangedVerdict {
  return { place, verdict: 'error', reason: 'gone', field: 'contact_email', twinId: null }
}

type Read = CommitRow & Pick<Candidate, 'entry'>

/** Whose the rows are today: contacts that the preview has seen, those who came since, and those who have to be made. */
async function findContacts(ctx: Ctx, rows: readonly Read[]): Promise<{ known: Row[]; made: NewGiver[] }> {
  const visible = await keepVisible(
    ctx,
    rows.map(({ contactId }) => contactId),
  )
  const rest = rows.filter(({ contactId }) => !visible.has(contactId))
  const givers = rest.map(({ entry }) => entry.giver)
  const ids = new Map(rest.map((row) => [giverKey(row.entry.giver), row.contactId]))
  const found = rest.length === 0 ? [] : await findGivers(ctx, givers)
  const resolved = resolveGivers(givers, found, (giver) => ids.get(giverKey(giver)) ?? newId())
  const known = rows.flatMap((row) => {
    const who = visible.has(row.contactId) ? row : resolved.get(giverKey(row.entry.giver))
    if (!who || !('contactId' in who)) return []
    const fingerprint = printOf(identityOf(who.contactId, row.entry))
    return [{ ...row, contactId: who.contactId, fingerprint, occurrence: row.occurrence ?? 1 }]
  })
  return { known, made: [...resolved.values()].flatMap((who) => ('made' in who && who.made ? [who.made] : [])) }
}

function toPerson({ id, email, firstName, lastName }: NewGiver) {
  const point = { kind: 'email' as const, value: email, folded: email.toLowerCase(), address: null }
  return { id, kind: 'person' as const, firstName, lastName, name: '', notes: '', added: email ? [point] : [] }
}

/** Without those that came into the ledger since their verdict. */
async function leaveTaken(ctx: Ctx, rows: readonly Row[]): Promise<{ fresh: Row[]; changed: ChangedVerdict[] }> {
  const { external, printed } = await readTaken(ctx, rows)
  const changed: ChangedVerdict[] = []
  const fresh = rows.filter((row) => {
    const { externalId } = row.entry
    const twinId =
      externalId === null ? printed.get(printKey(row.fingerprint, row.occurrence)) : external.get(externalId)
    if (twinId === undefined) return true
    changed.push({ place: row.place, verdict: 'duplicate', reason: null, field: null, twinId })
    return false
  })
  return { fresh, changed }
}

/** A gift makes a donor of anyone: what they were is what an undo makes them again. */
function notYetDonors(ctx: Ctx, rows: readonly Row[], made: readonly NewGiver[]) {
  const fresh = new Set(made.map(({ id }) => id))
  const ids = [...new Set(rows.map(({ contactId }) => contactId))].filter((id) => !fresh.has(id))
  return ctx.db.execute<{ id: string; before: object }>(sql`
    select id, json_build_object('status', status, 'updatedAt', updated_at) as before
    from contacts where id = any(${sql.param(ids)}::uuid[]) and status <> 'donor'`)
}

function toEntry({ entry, contactId, fingerprint, occurrence }: Row, importId: string): NewEntry {
  const { giver: _, amount, externalId, ...rest } = entry
  const identity = externalId === null ? { fingerprint, occurrence } : {}
  const none = { anonymous: false, extra: false, softCredits: [] }
  return { ...rest, ...none, ...identity, contactId, externalId, amount: amount.toString(), importId }
}
