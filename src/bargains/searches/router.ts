import { z } from 'zod'
import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { listSources } from './list-sources'
import { listedSourceSchema } from './schema'

export const sourcesRouter = router({
  list: workspaceProcedure('watches.read')
    .output(z.array(listedSourceSchema))
    .query(({ ctx }) => listSources(ctx.scope)),
})
