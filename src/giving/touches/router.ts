import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { deleteTouch, restoreTouch, updateTouch } from './change-touch'
import { logTouch } from './log-touch'
import { listTouches } from './queries'
import { changeTouchSchema, listTouchesSchema, logTouchSchema, touchIdSchema, touchPageSchema } from './schema'

const tags = ['touches']

export const touchesRouter = router({
  list: workspaceProcedure('tasks.read')
    .meta({ openapi: { method: 'GET', path: '/touches', tags, summary: 'Calls, visits and letters with a contact' } })
    .input(listTouchesSchema)
    .output(touchPageSchema)
    .query(({ ctx, input }) => listTouches(ctx.scope, input)),
  log: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'POST', path: '/touches', tags, summary: 'Log a touch' } })
    .input(logTouchSchema)
    .output(touchIdSchema)
    .mutation(({ ctx, input }) => logTouch(ctx.scope, input)),
  update: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'PATCH', path: '/touches/{id}', tags, summary: 'Change what is given' } })
    .input(changeTouchSchema)
    .output(touchIdSchema)
    .mutation(({ ctx, input }) => updateTouch(ctx.scope, input)),
  delete: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'DELETE', path: '/touches/{id}', tags, summary: 'Delete a touch' } })
    .input(touchIdSchema)
    .output(touchIdSchema)
    .mutation(({ ctx, input }) => deleteTouch(ctx.scope, input.id)),
  restore: workspaceProcedure('tasks.write')
    .input(touchIdSchema)
    .mutation(({ ctx, input }) => restoreTouch(ctx.scope, input.id)),
})
