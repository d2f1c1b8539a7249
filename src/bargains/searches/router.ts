import { z } from 'zod'
import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { listSources } from './list-sources'
import { obeyRobots, overrideRobots } from './override-robots'
import { hostSchema, listedSourceSchema, overrideSchema } from './schema'

export const sourcesRouter = router({
  list: workspaceProcedure('watches.read')
    .output(z.array(listedSourceSchema))
    .query(({ ctx }) => listSources(ctx.scope)),
  overrideRobots: workspaceProcedure('sources.override')
    .input(overrideSchema)
    .output(hostSchema)
    .mutation(({ ctx, input }) => overrideRobots(ctx.scope, input)),
  obeyRobots: workspaceProcedure('sources.override')
    .input(hostSchema)
    .output(hostSchema)
    .mutation(({ ctx, input }) => obeyRobots(ctx.scope, input)),
})
