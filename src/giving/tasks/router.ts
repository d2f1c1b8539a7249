import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { completeTask, reopenTask } from './complete-task'
import { createTask } from './create-task'
import { deleteTask, restoreTask } from './delete-task'
import { getTask, listTasks } from './queries'
import {
  assignTaskSchema,
  changeTaskSchema,
  completedTaskSchema,
  listedTaskSchema,
  listTasksSchema,
  newTaskSchema,
  savedTaskSchema,
  snoozeTaskSchema,
  taskIdSchema,
  taskPageSchema,
} from './schema'
import { assignTask, snoozeTask, updateTask } from './update-task'

const tags = ['tasks']

export const tasksRouter = router({
  list: workspaceProcedure('tasks.read')
    .meta({ openapi: { method: 'GET', path: '/tasks', tags, summary: 'Tasks, the most urgent first' } })
    .input(listTasksSchema)
    .output(taskPageSchema)
    .query(({ ctx, input }) => listTasks(ctx.scope, input)),
  get: workspaceProcedure('tasks.read')
    .meta({ openapi: { method: 'GET', path: '/tasks/{id}', tags, summary: 'A task' } })
    .input(taskIdSchema)
    .output(listedTaskSchema)
    .query(({ ctx, input }) => getTask(ctx.scope, input.id)),
  create: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'POST', path: '/tasks', tags, summary: 'A new task' } })
    .input(newTaskSchema)
    .output(savedTaskSchema)
    .mutation(({ ctx, input }) => createTask(ctx.scope, input)),
  update: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'PATCH', path: '/tasks/{id}', tags, summary: 'Change what is given' } })
    .input(changeTaskSchema)
    .output(savedTaskSchema)
    .mutation(({ ctx, input }) => updateTask(ctx.scope, input)),
  complete: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'POST', path: '/tasks/{id}/complete', tags, summary: 'Done' } })
    .input(taskIdSchema)
    .output(completedTaskSchema)
    .mutation(({ ctx, input }) => completeTask(ctx.scope, input.id)),
  reopen: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'POST', path: '/tasks/{id}/reopen', tags, summary: 'Not done after all' } })
    .input(taskIdSchema)
    .output(taskIdSchema)
    .mutation(({ ctx, input }) => reopenTask(ctx.scope, input.id)),
  snooze: workspaceProcedure('tasks.write')
    .input(snoozeTaskSchema)
    .mutation(({ ctx, input }) => snoozeTask(ctx.scope, input)),
  assign: workspaceProcedure('tasks.write')
    .input(assignTaskSchema)
    .mutation(({ ctx, input }) => assignTask(ctx.scope, input)),
  delete: workspaceProcedure('tasks.write')
    .meta({ openapi: { method: 'DELETE', path: '/tasks/{id}', tags, summary: 'Delete a task' } })
    .input(taskIdSchema)
    .output(taskIdSchema)
    .mutation(({ ctx, input }) => deleteTask(ctx.scope, input.id)),
  restore: workspaceProcedure('tasks.write')
    .input(taskIdSchema)
    .mutation(({ ctx, input }) => restoreTask(ctx.scope, input.id)),
  changes: gateProcedure('tasks.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'tasks') yield note.topic
    }
  }),
})
