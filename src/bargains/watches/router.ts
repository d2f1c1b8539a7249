import { z } from 'zod'
import { countAttempt } from '@/accounts/limit-attempts'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { confirmPages } from './confirm-pages'
import { createWatch } from './create-watch'
import { listWays } from './list-ways'
import { deleteWatch, pauseWatch, restoreWatch, resumeWatch } from './pause-watch'
import { previewSearch } from './preview-search'
import { getWatch, listWatches } from './queries'
import { scanWatch } from './scan-watch'
import {
  changeWatchSchema,
  chosenWaySchema,
  listedWatchSchema,
  newWatchSchema,
  previewedSchema,
  previewSchema,
  searchWaysSchema,
  shownWatchSchema,
  watchIdSchema,
} from './schema'
import { setWay } from './set-way'
import { updateWatch } from './update-watch'

const tags = ['watches']
const doneSchema = z.object({ id: z.string() })
const PREVIEWS = { name: 'preview', points: 40, seconds: 600 }

export const watchesRouter = router({
  preview: gateProcedure('watches.write')
    .meta({ openapi: { method: 'POST', path: '/watches/preview', tags, summary: 'What pasted links are' } })
    .input(previewSchema)
    .output(previewedSchema)
    .mutation(async ({ ctx, input }) => {
      await countAttempt(ctx.deps.db, PREVIEWS, ctx.workspace.memberId, ctx.deps.clock())
      return previewSearch({ ...ctx.deps, workspaceId: ctx.workspace.workspaceId }, input.text)
    }),
  create: gateProcedure('watches.write')
    .meta({ openapi: { method: 'POST', path: '/watches', tags, summary: 'A new watch' } })
    .input(newWatchSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await confirmPages({ ...ctx.deps, workspaceId: ctx.workspace.workspaceId }, input.urls)
      return ctx.open((scope) => createWatch(scope, input))
    }),
  list: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/watches', tags, summary: 'Every watch' } })
    .output(z.array(listedWatchSchema))
    .query(({ ctx }) => listWatches(ctx.scope)),
  get: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/watches/{id}', tags, summary: 'A watch with all its terms' } })
    .input(watchIdSchema)
    .output(shownWatchSchema)
    .query(({ ctx, input }) => getWatch(ctx.scope, input.id)),
  update: gateProcedure('watches.write')
    .meta({ openapi: { method: 'PATCH', path: '/watches/{id}', tags, summary: 'Change what is given' } })
    .input(changeWatchSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      if (input.urls) await confirmPages({ ...ctx.deps, workspaceId: ctx.workspace.workspaceId }, input.urls)
      return ctx.open((scope) => updateWatch(scope, input))
    }),
  pause: stateProcedure('pause', 'Stop looking').mutation(({ ctx, input }) => pauseWatch(ctx.scope, input.id)),
  resume: stateProcedure('resume', 'Look again').mutation(({ ctx, input }) => resumeWatch(ctx.scope, input.id)),
  delete: workspaceProcedure('watches.write')
    .meta({ openapi: { method: 'DELETE', path: '/watches/{id}', tags, summary: 'Delete; restore undoes it' } })
    .input(watchIdSchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => deleteWatch(ctx.scope, input.id)),
  restore: stateProcedure('restore', 'Undo a deletion').mutation(({ ctx, input }) => restoreWatch(ctx.scope, input.id)),
  scan: workspaceProcedure('watches.write')
    .meta({ openapi: { method: 'POST', path: '/watches/{id}/scan', tags, summary: 'Read its searches now' } })
    .input(watchIdSchema)
    .output(z.object({ searches: z.number() }))
    .mutation(({ ctx, input }) => scanWatch(ctx.scope, input.id)),
  ways: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/watches/{id}/ways', tags, summary: 'How its searches can be read' } })
    .input(watchIdSchema)
    .output(z.array(searchWaysSchema))
    .query(({ ctx, input }) => listWays(ctx.scope, input.id, ctx.deps.browser)),
  setWay: workspaceProcedure('watches.write')
    .meta({ openapi: { method: 'PUT', path: '/watches/{id}/ways', tags, summary: 'Choose how a search is read' } })
    .input(chosenWaySchema)
    .output(doneSchema)
    .mutation(({ ctx, input }) => setWay(ctx.scope, input)),
  /** The id of a watch that changed or was read, or null: read everything again. */
  live: gateProcedure('watches.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (['connected', 'watches', 'matches'].includes(note.topic)) yield { watchId: note.id }
    }
  }),
})

function stateProcedure(verb: 'pause' | 'resume' | 'restore', summary: string) {
  return workspaceProcedure('watches.write')
    .meta({ openapi: { method: 'POST', path: `/watches/{id}/${verb}`, tags, summary } })
    .input(watchIdSchema)
    .output(doneSchema)
}
