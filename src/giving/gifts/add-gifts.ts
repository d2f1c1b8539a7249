import { type SQL, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { daysBetween, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { checkFunds } from '../funds/queries'
import { refuseFuture, refuseTakenIds } from './check-gift'
import { enterGifts, insertCredits } from './enter-gifts'
import { lockContacts } from './lock-contacts'
import { readWorkspace } from './read-workspace'
import { wantsThanks } from './rules'
import type { NewBatch, NewGift } from './schema'

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
 * Enters gifts with all that follows from them (`enter-gifts.ts`), in the caller's transaction. The caller writes the audit
 * entry. Throws `not_found` for a contact that the actor does not see.
 */
export async function addGifts(ctx: Ctx, entries: readonly NewGift[]): Promise<string[]> {
  requirePermission(ctx, 'gifts.write')
  const { today } = await readWorkspace(ctx)
  for (const [at, { givenOn }] of entries.entries())
    refuseFuture(givenOn, today, entries.length > 1 ? `gifts.${at}.givenOn` : 'givenOn')
  const credited = entries.flatMap(({ softCredits }) => softCredits.map((credit) => credit.contactId))
  await lockContacts(ctx, [...entries.map(({ contactId }) => contactId), ...credited])
  await checkFunds(ctx, entries)
  await refuseTakenIds(ctx, entries)
  const rows = entries.map((entry) => ({ ...entry, id: newId(), thanksDue: isQueued(entry, today) }))
  const credits = rows.flatMap(({ id, softCredits }) => softCredits.map((credit) => ({ giftId: id, ...credit })))
  await enterGifts(ctx, { gifts: giftsOf(rows), credits: credits.length > 0 ? creditsOf(credits) : undefined })
  return rows.map(({ id }) => id)
}

/** Whether it pays a pledge that was paid before is known once it is allocated: `settleContacts` sees to that. */
function isQueued({ givenOn }: NewGift, today: PlainDate): boolean {
  return wantsThanks({ imported: false, ageDays: daysBetween(givenOn, today), laterPayment: false })
}

type Row = NewGift & { readonly id: string; readonly thanksDue: boolean }

/** As one JSON parameter: a statement takes 65,535 parameters, which 4,000 gifts would pass. */
function giftsOf(rows: readonly Row[]): SQL {
  return sql`
    select id, "contactId" as contact_id, "givenOn" as given_on, amount, currency, "fundId" as fund_id, method, type,
      "externalId" as external_id, note, anonymous, extra, "thanksDue" as thanks_due, null::uuid as import_id,
      null::text as fingerprint, null::int as occurrence
    from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, "contactId" uuid, "givenOn" date, amount bigint,
      currency char(3), "fundId" uuid, method text, type text, "externalId" text, note text, anonymous boolean,
      extra boolean, "thanksDue" boolean)`
}

type Credit = { readonly giftId: string; readonly contactId: string; readonly amount: string }

function creditsOf(credits: readonly Credit[]): SQL {
  return sql`
    select "giftId" as gift_id, "contactId" as contact_id, amount
    from json_to_recordset(${JSON.stringify(credits)}::json) r ("giftId" uuid, "contactId" uuid, amount bigint)`
}

/** Of a gift that is there. The caller settles its contacts. */
export async function writeSoftCredits(ctx: Ctx, credits: readonly Credit[]): Promise<void> {
  await insertCredits(ctx, creditsOf(credits))
}
