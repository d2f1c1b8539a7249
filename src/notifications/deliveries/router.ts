import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { listDeliveries } from './queries'
import { retryDelivery } from './retry-delivery'
import { deliveryFilterSchema, deliveryIdSchema, deliveryPageSchema } from './schema'

export const deliveriesRouter = router({
  list: workspaceProcedure('deliveries.read')
    .meta({
      openapi: { method: 'GET', path: '/deliveries', tags: ['deliveries'], summary: 'What was told, newest first' },
    })
    .input(deliveryFilterSchema)
    .output(deliveryPageSchema)
    .query(({ ctx, input }) => listDeliveries(ctx.scope, ctx.deps.outlets, ctx.locale, input)),
  retry: workspaceProcedure('channels.write')
    .input(deliveryIdSchema)
    .mutation(({ ctx, input }) => retryDelivery(ctx.scope, input.id)),
  /** Notes that the log changed: the page reads it again. */
  changes: gateProcedure('deliveries.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'deliveries') yield note.topic
    }
  }),
})
