import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { readToday } from './queries'
import { shownTodaySchema, todaySchema } from './schema'

export const todayRouter = router({
  get: workspaceProcedure('gifts.read')
    .meta({
      openapi: { method: 'GET', path: '/today', tags: ['today'], summary: 'Support, late, at risk, to thank, due' },
    })
    .input(todaySchema)
    .output(shownTodaySchema)
    .query(({ ctx, input }) => readToday(ctx.scope, input)),
})
