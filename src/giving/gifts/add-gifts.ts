import { sql } from 'drizzle-orm'
import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { daysBetween, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { writeStatus } from '../contacts/set-contact-status'
import { checkFunds } from '../funds/queries'
import { refuseFuture, refuseTakenIds } from './check-gift'
import { lockContacts } from './lock-contacts'
import { readWorkspace } from './read-workspace'
import { wantsThanks } from './rules'
import type { NewBatch, NewGift } from './schema'
import { settleContacts } from './settle-contacts'

/** A gift as an import brings it: with the batch it came in and, where it has no number of its own, its fingerprint. */
export type NewEntry = NewGift & {
  readonly importId?: string
  readonly fingerprint?: string
  readonly occurrence?: number
}

/** One gift, typed or sent. */
export async function addGift(ctx: Ctx, input: NewGift): Promise<{ id: string }> {
  const [id = ''] = await addGifts(ctx, [input])
  await writeAudit(ctx, 'gift.add', id, { contactId: input.contactId, amount: input.amount, currency: input.currency })
  return { id }
}

/** A pile of slips: all of them or none, and only when they add up to what was counted. */
export async function addBatch(ctx: Ctx, { gifts, controlTotal }: NewBatch): Promise<{ ids: string[] }> {
  if (controlTotal !== null) checkTotal(gifts, BigInt(controlTotal))
  const ids = await addGifts(ctx, gifts)
  await writeAudit(ctx, 'gift.addBatch', null, { ids })
  return { ids }
}

function checkTotal(gifts: readonly NewGift[], wanted: bigint): void {
  if (new Set(gifts.map(({ currency }) => currency)).size > 1) {
    throw new AppError('bad_input', 'a control total of two currencies', { reason: 'gift.totalOfTwo' })
  }
  const sum = gifts.reduce((total, { amount }) => total + BigInt(amount), 0n)
  if (sum === wanted) return
  throw new AppError('bad_input', `the rows add up to ${sum}, not ${wanted}`, {
    reason: 'gift.totalDiffers',
    values: { field: 'controlTotal' },
  })
}

/**
 * Enters gifts, one or a hundred thousand, in a handful of statements: rows, soft credits, allocations, thanks, rollups
 * and status of their contacts, in the caller's transaction. The caller writes the audit entry. Throws `not_found` for a
 * contact that the actor does not see.
 */
export async function addGifts(ctx: Ctx, entries: readonly NewEntry[]): Promise<string[]> {
  requirePermission(ctx, 'gifts.write')
  const { today } = await readWorkspace(ctx)
  for (const [at, { givenOn }] of entries.entries())
    refuseFuture(givenOn, today, entries.length > 1 ? `gifts.${at}.givenOn` : 'givenOn')
  const credited = entries.flatMap(({ softCredits }) => softCredits.map((credit) => credit.contactId))
  const givers = entries.map(({ contactId }) => contactId)
  await lockContacts(ctx, [...givers, ...credited])
  await checkFunds(ctx, entries)
  await refuseTakenIds(ctx, entries)
  const rows = entries.map((entry) => ({ ...entry, id: newId(), thanksDue: isQueued(entry, today) }))
  await insertGifts(ctx, rows)
  await insertSoftCredits(ctx, rows)
  const ids = rows.map(({ id }) => id)
  await settleContacts(ctx, { since: firstDays(entries), others: credited, fresh: ids })
  await makeDonors(ctx, givers)
  return ids
}

/** Whether it pays a pledge that was paid before is known once it is allocated: `settleContacts` sees to that. */
function isQueued({ givenOn, importId }: NewEntry, today: PlainDate): boolean {
  return wantsThanks({ imported: importId !== undefined, ageDays: daysBetween(givenOn, today), laterPayment: false })
}

function firstDays(entries: readonly NewEntry[]): Map<string, PlainDate> {
  const days = new Map<string, PlainDate>()
  for (const { contactId, givenOn } of entries) {
    const known = days.get(contactId)
    if (known === undefined || givenOn < known) days.set(contactId, givenOn)
  }
  return days
}

type Row = NewEntry & { readonly id: string; readonly thanksDue: boolean }

/** As one JSON parameter: a statement takes 65,535 parameters, which 4,000 gifts would pass. */
async function insertGifts(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  await ctx.db.execute(sql`
    insert into gifts (id, workspace_id, contact_id, given_on, amount, currency, fund_id, method, type, external_id, note,
      anonymous, extra, thanks_due, import_id, fingerprint, occurrence, created_at, created_by)
    select r.id, ${ctx.workspaceId}, r."contactId", r."givenOn", r.amount, r.currency, r."fundId", r.method, r.type,
      r."externalId", r.note, r.anonymous, r.extra, r."thanksDue", r."importId", r.fingerprint, r.occurrence,
      ${ctx.now.toISOString()}::timestamptz, ${nameOf(ctx.actor)}
    from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, "contactId" uuid, "givenOn" date, amount bigint,
      currency char(3), "fundId" uuid, method text, type text, "externalId" text, note text, anonymous boolean,
      extra boolean, "thanksDue" boolean, "importId" uuid, fingerprint text, occurrence int)`)
}

async function insertSoftCredits(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const credits = rows.flatMap(({ id, softCredits }) => softCredits.map((credit) => ({ giftId: id, ...credit })))
  if (credits.length > 0) await writeSoftCredits(ctx, credits)
}

type Credit = { readonly giftId: string; readonly contactId: string; readonly amount: string }

/** Two credits to one contact for one gift are one. */
export async function writeSoftCredits(ctx: Ctx, credits: readonly Credit[]): Promise<void> {
  await ctx.db.execute(sql`
    insert into soft_credits (workspace_id, gift_id, contact_id, amount)
    select ${ctx.workspaceId}, "giftId", "contactId", sum(amount)
    from json_to_recordset(${JSON.stringify(credits)}::json) r ("giftId" uuid, "contactId" uuid, amount bigint)
    group by "giftId", "contactId"`)
}

const CHUNK = 2000

/** A gift makes a donor of anyone. */
async function makeDonors(ctx: Ctx, contactIds: readonly string[]): Promise<void> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select id from contacts where id = any(${sql.param([...new Set(contactIds)])}::uuid[]) and status <> 'donor' order by id`)
  const ids = rows.map(({ id }) => id)
  for (let at = 0; at < ids.length; at += CHUNK) await writeStatus(ctx, ids.slice(at, at + CHUNK), 'donor', 'gift')
}
