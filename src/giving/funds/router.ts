import { z } from 'zod'
import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { archiveFund, createFund, renameFund, restoreFund } from './keep-funds'
import { listFunds } from './queries'
import { fundIdSchema, listedFundSchema, newFundSchema, renameFundSchema } from './schema'

const tags = ['funds']
const doneSchema = z.object({ id: z.string() })

export const fundsRouter = router({
  list: workspaceProcedure('gifts.read')
    .meta({ openapi: { method: 'GET', path: '/funds', tags, summary: 'What gifts are for' } })
    .output(z.array(listedFundSchema))
    .query(({ ctx }) => listFunds(ctx.scope)),
  create: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/funds', tags, summary: 'A new fund' } })
    .input(newFundSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => createFund(ctx.scope, input)),
  rename: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'PATCH', path: '/funds/{id}', tags, summary: 'Another name' } })
    .input(renameFundSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => renameFund(ctx.scope, input)),
  archive: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/funds/{id}/archive', tags, summary: 'No new gifts for it' } })
    .input(fundIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => archiveFund(ctx.scope, input.id)),
  restore: workspaceProcedure('gifts.write')
    .meta({ openapi: { method: 'POST', path: '/funds/{id}/restore', tags, summary: 'Undo archiving' } })
    .input(fundIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => restoreFund(ctx.scope, input.id)),
})
