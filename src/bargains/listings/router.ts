import { router } from '@/trpc/init'
import { gateProcedure } from '@/trpc/procedures'
import { pushListings } from './push-listings'
import { previewPage, storePage, unpackPage } from './push-page'
import { pushAnswerSchema, pushBatchSchema, pushedPageSchema, readPageSchema } from './schema'

const summary = 'Hand over adverts that another program has read, at most 500'

export const listingsRouter = router({
  batch: gateProcedure('listings.push')
    .meta({ openapi: { method: 'POST', path: '/listings/batch', tags: ['listings'], summary } })
    .input(pushBatchSchema)
    .output(pushAnswerSchema)
    .mutation(({ ctx, input }) => pushListings(ctx.deps, ctx.workspace.workspaceId, input)),
  /** What the parsers read in a page that a browser handed over; stores nothing. */
  readPage: gateProcedure('listings.push')
    .input(pushedPageSchema)
    .output(readPageSchema)
    .mutation(async ({ ctx, input }) => previewPage(ctx.deps, ctx.workspace.workspaceId, await unpackPage(input))),
  storePage: gateProcedure('listings.push')
    .input(pushedPageSchema)
    .output(pushAnswerSchema)
    .mutation(async ({ ctx, input }) => storePage(ctx.deps, ctx.workspace.workspaceId, await unpackPage(input))),
})
