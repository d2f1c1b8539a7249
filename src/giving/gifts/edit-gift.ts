import { and, eq, isNull, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { PlainDate } from '@/kernel/dates'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { checkFunds } from '../funds/queries'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { freeGift } from '../pledges/free-gift'
import { writeSoftCredits } from './add-gifts'
import {
  creditedContacts,
  type GiftRow,
  lockGift,
  refuseEarlyRefund,
  refuseFuture,
  refuseRefund,
  refuseTakenIds,
  refuseVoided,
} from './check-gift'
import { describeTakenBack } from './describe-gift'
import { readWorkspace } from './read-workspace'
import type { ChangeGift } from './schema'
import { settleContacts } from './settle-contacts'
import { gifts, softCredits } from './table'

/**
 * Changes what is given. What the gift pays follows: a lower amount takes back what the machine allocated, and only then
 * what was allocated by hand, which is answered. Throws `conflict` when `version` is no longer the one that is there.
 */
export async function editGift(ctx: Ctx, { id, version, softCredits: credits, ...change }: ChangeGift) {
  requirePermission(ctx, 'gifts.write')
  const known = await creditedContacts(ctx, id)
  const named = (credits ?? []).map((credit) => credit.contactId).filter((one) => !known.includes(one))
  const before = await lockGift(ctx, id, { version, others: known, named })
  await checkChange(ctx, before, change)
  const { amount, ...rest } = change
  await ctx.db
    .update(gifts)
    .set({ ...rest, ...(amount === undefined ? {} : { amount: BigInt(amount) }), version: sql`${gifts.version} + 1` })
    .where(eq(gifts.id, id))
  await followRefunds(ctx, id, change)
  if (credits) await replaceCredits(ctx, id, credits)
  const freed = change.currency && change.currency !== before.currency ? await freeGift(ctx, id) : []
  const others = [...known, ...named]
  const takenBack = [...freed, ...(await settleContacts(ctx, { since: allGiftsOf([before.contactId]), others }))]
  await writeAudit(ctx, 'gift.edit', id, { before: partsOf(before, change), after: change })
  return { id, takenBack: describeTakenBack(takenBack) }
}

type Change = Omit<ChangeGift, 'id' | 'version' | 'softCredits'>

async function checkChange(ctx: Ctx, before: GiftRow, change: Change): Promise<void> {
  refuseRefund(before)
  refuseVoided(before)
  if (change.givenOn) refuseFuture(change.givenOn, (await readWorkspace(ctx)).today, 'givenOn')
  if (change.fundId && change.fundId !== before.fundId) await checkFunds(ctx, [{ fundId: change.fundId }])
  if (change.externalId && change.externalId !== before.externalId) {
    await refuseTakenIds(ctx, [{ externalId: change.externalId }])
  }
  if (change.amount !== undefined && BigInt(change.amount) < before.refunded) throw belowRefunds()
  if (change.givenOn && before.refunded > 0n) await refuseAfterRefunds(ctx, before.id, change.givenOn)
  if (before.refunded > 0n && change.currency && change.currency !== before.currency) throw otherCurrency()
}

function belowRefunds(): AppError {
  return new AppError('bad_input', 'less than was refunded', {
    reason: 'gift.belowRefunds',
    values: { field: 'amount' },
  })
}

function otherCurrency(): AppError {
  return new AppError('bad_input', 'its refunds are of the old currency', {
    reason: 'gift.refundedCurrency',
    values: { field: 'currency' },
  })
}

async function refuseAfterRefunds(ctx: Ctx, id: string, givenOn: PlainDate): Promise<void> {
  const refunds = await ctx.db
    .select({ givenOn: gifts.givenOn })
    .from(gifts)
    .where(and(eq(gifts.reversesId, id), isNull(gifts.voidedAt)))
  for (const refund of refunds) refuseEarlyRefund(givenOn, refund.givenOn)
}

/** A refund says of what it gives back: fund, method and type are its gift's. */
async function followRefunds(ctx: Ctx, id: string, { fundId, method, type }: Change): Promise<void> {
  if (fundId === undefined && method === undefined && type === undefined) return
  await ctx.db.update(gifts).set({ fundId, method, type }).where(eq(gifts.reversesId, id))
}

/** Credits of contacts that the actor does not see stay as they are. */
async function replaceCredits(ctx: Ctx, giftId: string, credits: NonNullable<ChangeGift['softCredits']>) {
  await ctx.db
    .delete(softCredits)
    .where(and(eq(softCredits.giftId, giftId), ofVisibleContact(ctx, softCredits.contactId)))
  if (credits.length === 0) return
  await writeSoftCredits(
    ctx,
    credits.map((credit) => ({ giftId, ...credit })),
  )
}

/** Of the row that was there, what the change names; amounts as text, for the log is JSON. */
function partsOf(before: GiftRow, change: Change): Record<string, unknown> {
  const values: Record<string, unknown> = { ...before, amount: before.amount.toString() }
  return Object.fromEntries(Object.keys(change).map((key) => [key, values[key]]))
}
