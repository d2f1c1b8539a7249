import { and, eq, sql } from 'drizzle-orm'
import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { writeStatus } from '../contacts/set-contact-status'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { creditedContacts, type GiftRow, lockGift } from './check-gift'
import { counted } from './count-gifts'
import { describeTakenBack } from './describe-gift'
import { settleContacts } from './settle-contacts'
import { gifts } from './table'

type VoidGift = { readonly id: string; readonly version?: number | undefined; readonly reason?: string }

/** Keeps the entry and counts it no more; what it paid is open again. A voided refund was never given back. */
export async function voidGift(ctx: Ctx, { id, version, reason = '' }: VoidGift) {
  return setVoided(ctx, { id, version }, { voidedAt: ctx.now, voidedBy: nameOf(ctx.actor), voidReason: reason })
}

/** Undoes `voidGift`: the machine lets it pay again what it can; allocations that were made by hand do not come back. */
export async function unvoidGift(ctx: Ctx, { id, version }: Omit<VoidGift, 'reason'>) {
  return setVoided(ctx, { id, version }, { voidedAt: null, voidedBy: null, voidReason: '' })
}

type Mark = Pick<GiftRow, 'voidedAt' | 'voidedBy' | 'voidReason'>

async function setVoided(ctx: Ctx, { id, version }: Omit<VoidGift, 'reason'>, mark: Mark) {
  requirePermission(ctx, 'gifts.write')
  const others = await creditedContacts(ctx, id)
  const gift = await lockGift(ctx, id, { version, others })
  const voiding = mark.voidedAt !== null
  if ((gift.voidedAt !== null) === voiding) return { id, takenBack: [] }
  await ctx.db
    .update(gifts)
    .set({ ...mark, version: sql`${gifts.version} + 1` })
    .where(eq(gifts.id, id))
  if (gift.reversesId !== null) await changeRefunded(ctx, gift.reversesId, voiding ? -gift.amount : gift.amount)
  const takenBack = await settleContacts(ctx, { since: allGiftsOf([gift.contactId]), others })
  // Taking away a refund gives its gift back.
  if (voiding === (gift.reversesId !== null)) await welcomeBack(ctx, gift.reversesId ?? id)
  await writeAudit(ctx, voiding ? 'gift.void' : 'gift.unvoid', id, { reason: mark.voidReason })
  return { id, takenBack: describeTakenBack(takenBack) }
}

/** A gift that counts again makes a donor, as it did when it came. */
async function welcomeBack(ctx: Ctx, giftId: string): Promise<void> {
  const [row] = await ctx.db
    .select({ contactId: gifts.contactId })
    .from(gifts)
    .where(and(eq(gifts.id, giftId), counted))
  if (row) await writeStatus(ctx, [row.contactId], 'donor', 'gift')
}

/** Throws `bad_input` when more would be given back than was given. */
export async function changeRefunded(ctx: Ctx, giftId: string, by: bigint): Promise<void> {
  const delta = sql`${by.toString()}::bigint`
  const changed = await ctx.db
    .update(gifts)
    .set({ refunded: sql`${gifts.refunded} + ${delta}`, version: sql`${gifts.version} + 1` })
    .where(sql`${gifts.id} = ${giftId} and ${gifts.refunded} + ${delta} between 0 and ${gifts.amount}`)
    .returning({ id: gifts.id })
  if (changed.length === 0) throw refundTooMuch()
}

export function refundTooMuch(): AppError {
  const options = { reason: 'gift.refundTooMuch', values: { field: 'amount' } }
  return new AppError('bad_input', 'more than was given', options)
}
