import { z } from 'zod'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { allocateGift, freeAllocation } from '../pledges/allocate-gift'
import { allocateGiftSchema, freeAllocationSchema } from '../pledges/schema'
import { addBatch, addGift } from './add-gifts'
import { editGift } from './edit-gift'
import { getGift, lastCheck, listGifts } from './queries'
import { reassignGift } from './reassign-gift'
import { refundGift } from './refund-gift'
import {
  changedGiftSchema,
  changeGiftSchema,
  giftIdSchema,
  giftPageSchema,
  giftTotalsSchema,
  ledgerCheckSchema,
  listGiftsSchema,
  newBatchSchema,
  newGiftSchema,
  reassignGiftSchema,
  refundGiftSchema,
  shownGiftSchema,
  voidGiftSchema,
} from './schema'
import { sumGifts } from './sum-gifts'
import { unvoidGift, voidGift } from './void-gift'

const tags = ['gifts']

export const giftsRouter = router({
  list: workspaceProcedure('gifts.read')
    .meta({ openapi: { method: 'GET', path: '/gifts', tags, summary: 'The ledger, newest first' } })
    .input(listGiftsSchema)
    .output(giftPageSchema)
    .query(({ ctx, input }) => listGifts(ctx.scope, input)),
  totals: workspaceProcedure('gifts.read')
    .meta({ openapi: { method: 'GET', path: '/gifts/totals', tags, summary: 'What they add up to, per currency' } })
    .input(listGiftsSchema.omit({ cursor: true, limit: true }))
    .output(giftTotalsSchema)
    .query(({ ctx, input }) => sumGifts(ctx.scope, input)),
  get: workspaceProcedure('gifts.read')
    .meta({ openapi: { method: 'GET', path: '/gifts/{id}', tags, summary: 'A gift, its refunds and what it pays' } })
    .input(giftIdSchema)
    .output(shownGiftSchema)
    .query(({ ctx, input }) => getGift(ctx.scope, input.id)),
  add: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts', tags, summary: 'A new gift' } })
    .input(newGiftSchema)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => addGift(ctx.scope, input)),
  addBatch: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/batch', tags, summary: 'Several, all or none' } })
    .input(newBatchSchema)
    .output(z.object({ ids: z.array(z.string()) }))
    .mutation(({ ctx, input }) => addBatch(ctx.scope, input)),
  edit: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'PATCH', path: '/gifts/{id}', tags, summary: 'Change what is given' } })
    .input(changeGiftSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => editGift(ctx.scope, input)),
  void: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/{id}/void', tags, summary: 'Keep it, count it no more' } })
    .input(voidGiftSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => voidGift(ctx.scope, input)),
  unvoid: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/{id}/unvoid', tags, summary: 'Count it again' } })
    .input(voidGiftSchema.omit({ reason: true }))
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => unvoidGift(ctx.scope, input)),
  refund: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/{id}/refund', tags, summary: 'Give back all or a part' } })
    .input(refundGiftSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => refundGift(ctx.scope, input)),
  reassign: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/{id}/reassign', tags, summary: 'It was somebody else’s' } })
    .input(reassignGiftSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => reassignGift(ctx.scope, input)),
  allocate: workspaceProcedure('pledges.write')
    .meta({ openapi: { method: 'POST', path: '/gifts/{giftId}/allocations', tags, summary: 'What it pays, by hand' } })
    .input(allocateGiftSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => allocateGift(ctx.scope, input)),
  free: workspaceProcedure('pledges.write')
    .meta({
      openapi: { method: 'DELETE', path: '/gifts/{giftId}/allocations/{instalmentId}', tags, summary: 'Not by hand' },
    })
    .input(freeAllocationSchema)
    .output(changedGiftSchema)
    .mutation(({ ctx, input }) => freeAllocation(ctx.scope, input)),
  lastCheck: workspaceProcedure('gifts.read')
    .output(ledgerCheckSchema)
    .query(({ ctx }) => lastCheck(ctx.scope)),
  /** Something in the ledger changed: read what is shown again. */
  live: gateProcedure('gifts.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'gifts') yield { changed: true }
    }
  }),
})
