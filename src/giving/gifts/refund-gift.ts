import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { creditedContacts, lockGift, refuseEarlyRefund, refuseFuture, refuseRefund, refuseVoided } from './check-gift'
import { describeTakenBack } from './describe-gift'
import { readWorkspace } from './read-workspace'
import { refundable } from './rules'
import type { RefundGift } from './schema'
import { settleContacts } from './settle-contacts'
import { gifts } from './table'
import { changeRefunded, refundTooMuch } from './void-gift'

/** Gives back all or a part: an entry of its own. What the gift paid with it is open again. */
export async function refundGift(ctx: Ctx, { id, version, amount, givenOn, note }: RefundGift) {
  requirePermission(ctx, 'gifts.write')
  const others = await creditedContacts(ctx, id)
  const gift = await lockGift(ctx, id, { version, others })
  refuseRefund(gift)
  refuseVoided(gift)
  refuseFuture(givenOn, (await readWorkspace(ctx)).today, 'givenOn')
  refuseEarlyRefund(gift.givenOn, givenOn)
  const back = amount === undefined ? refundable({ ...gift, voided: false }) : BigInt(amount)
  if (back === 0n) throw refundTooMuch()
  await changeRefunded(ctx, id, back)
  const refundId = newId()
  const { workspaceId, contactId, currency, fundId, method, type } = gift
  await ctx.db.insert(gifts).values({
    ...{ id: refundId, workspaceId, contactId, currency, fundId, method, type, givenOn, note },
    ...{ amount: back, reversesId: id, createdAt: ctx.now, createdBy: nameOf(ctx.actor) },
  })
  const takenBack = await settleContacts(ctx, { since: allGiftsOf([contactId]), others })
  await writeAudit(ctx, 'gift.refund', id, { refundId, amount: back.toString() })
  return { id: refundId, takenBack: describeTakenBack(takenBack) }
}
