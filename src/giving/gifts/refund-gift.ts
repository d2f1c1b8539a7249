import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { creditedContacts, type GiftRow, lockGift, refuseFuture, refuseRefund, refuseVoided } from './check-gift'
import { describeTakenBack } from './describe-gift'
import { readWorkspace } from './read-workspace'
import { refundable } from './rules'
import type { RefundGift } from './schema'
import { settleContacts } from './settle-contacts'
import { gifts } from './table'
import { changeRefunded } from './void-gift'

/** Gives back all or a part: an entry of its own. What the gift paid with it is open again. */
export async function refundGift(ctx: Ctx, { id, amount, givenOn, note }: RefundGift) {
  requirePermission(ctx, 'gifts.write')
  const others = await creditedContacts(ctx, id)
  const gift = await lockGift(ctx, id, { others })
  refuseRefund(gift)
  refuseVoided(gift)
  await checkDay(ctx, gift, givenOn)
  const back = amount === undefined ? refundable({ ...gift, voided: false }) : BigInt(amount)
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

async function checkDay(ctx: Ctx, gift: GiftRow, givenOn: string): Promise<void> {
  refuseFuture(givenOn, (await readWorkspace(ctx)).today, 'givenOn')
  if (givenOn >= gift.givenOn) return
  throw new AppError('bad_input', 'a refund before its gift', {
    reason: 'gift.refundTooEarly',
    values: { field: 'givenOn' },
  })
}
