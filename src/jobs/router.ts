import { router } from '@/trpc/init'
import { administratorProcedure } from '@/trpc/procedures'
import { cancelRun } from './cancel-run'
import { listEvents } from './list-events'
import { listFunctions, refusedFunction } from './list-functions'
import { listRuns } from './list-runs'
import { engineHealth } from './queries'
import { readRun } from './read-run'
import { readWhole } from './read-whole'
import { retryRun } from './retry-run'
import { requesterOf } from './rules-requester'
import { runNow } from './run-now'
import { eventFilterSchema, jobRunSchema, runFilterSchema, runNowSchema, wholeSchema } from './schema'

/** For whoever runs this installation: payloads may hold personal data. */
export const jobsRouter = router({
  overview: administratorProcedure.query(async ({ ctx }) => ({
    mode: ctx.deps.jobs.mode,
    dashboard: ctx.deps.jobs.dashboard,
    refused: await refusedFunction(ctx.deps.jobs),
    engine: await engineHealth(ctx.deps.db),
  })),
  runs: administratorProcedure.input(runFilterSchema).query(({ ctx, input }) => listRuns(ctx.deps.db, input)),
  run: administratorProcedure.input(jobRunSchema).query(({ ctx, input }) => readRun(ctx.deps.db, input.run)),
  whole: administratorProcedure.input(wholeSchema).query(({ ctx, input }) => readWhole(ctx.deps.db, input)),
  events: administratorProcedure.input(eventFilterSchema).query(({ ctx, input }) => listEvents(ctx.deps.db, input)),
  functions: administratorProcedure.query(({ ctx }) => listFunctions(ctx.deps.db, ctx.deps.jobs)),
  cancel: administratorProcedure
    .input(jobRunSchema)
    .mutation(({ ctx, input }) => cancelRun(ctx.deps, input.run, requesterOf(ctx.session.user.id))),
  retry: administratorProcedure.input(jobRunSchema).mutation(async ({ ctx, input }) => ({
    run: await retryRun(ctx.deps, input.run, requesterOf(ctx.session.user.id)),
  })),
  runNow: administratorProcedure
    .input(runNowSchema)
    .mutation(({ ctx, input }) => runNow(ctx.deps, input, requesterOf(ctx.session.user.id))),
})
