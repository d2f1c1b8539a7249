import { eq, or, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { writeStatus } from '../contacts/set-contact-status'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { freeGift } from '../pledges/free-gift'
import { creditedContacts, lockGift, refuseRefund } from './check-gift'
import { describeTakenBack } from './describe-gift'
import { isCounted } from './rules'
import { settleContacts } from './settle-contacts'
import { gifts } from './table'

type ReassignGift = { readonly id: string; readonly version?: number | undefined; readonly contactId: string }

/** It was somebody else's: the gift and its refunds move, pay the other one's instalments, and leave this one's open. */
export async function reassignGift(ctx: Ctx, { id, version, contactId }: ReassignGift) {
  requirePermission(ctx, 'gifts.write')
  const others = await creditedContacts(ctx, id)
  const gift = await lockGift(ctx, id, { version, others, named: [contactId] })
  refuseRefund(gift)
  if (gift.contactId === contactId) return { id, takenBack: [] }
  const freed = await freeGift(ctx, id)
  await ctx.db
    .update(gifts)
    .set({ contactId, version: sql`${gifts.version} + 1` })
    .where(or(eq(gifts.id, id), eq(gifts.reversesId, id)))
  const takenBack = await settleContacts(ctx, { since: allGiftsOf([gift.contactId, contactId]), others })
  if (isCounted({ ...gift, voided: gift.voidedAt !== null })) await writeStatus(ctx, [contactId], 'donor', 'gift')
  await writeAudit(ctx, 'gift.reassign', id, { from: gift.contactId, to: contactId })
  return { id, takenBack: describeTakenBack([...freed, ...takenBack]) }
}
