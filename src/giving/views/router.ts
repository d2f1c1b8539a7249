import * as z from 'zod'
import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { createView, deleteView } from './keep-view'
import { listViews } from './queries'
import { listViewsSchema, newViewSchema, shownViewSchema, viewIdSchema } from './schema'

const doneSchema = z.object({ id: z.string() })

export const viewsRouter = router({
  list: workspaceProcedure('contacts.read')
    .input(listViewsSchema)
    .output(z.array(shownViewSchema))
    .query(({ ctx, input }) => listViews(ctx.scope, input.list)),
  create: workspaceProcedure('contacts.read')
    .input(newViewSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => createView(ctx.scope, input)),
  delete: workspaceProcedure('contacts.read')
    .input(viewIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => deleteView(ctx.scope, input.id)),
})
