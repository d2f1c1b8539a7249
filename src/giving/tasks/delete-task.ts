import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { tasks } from './table'
import { noTask, ownTasks, visibleTasks } from './visible-tasks'

/** Goes, kept for the undo. */
export function deleteTask(ctx: Ctx, id: string): Promise<{ id: string }> {
  return setDeleted(ctx, id, ctx.now)
}

/** The undo of a deletion. */
export function restoreTask(ctx: Ctx, id: string): Promise<{ id: string }> {
  return setDeleted(ctx, id, null)
}

async function setDeleted(ctx: Ctx, id: string, deletedAt: Date | null): Promise<{ id: string }> {
  requirePermission(ctx, 'tasks.write')
  const visible = deletedAt ? visibleTasks(ctx) : and(isNotNull(tasks.deletedAt), ownTasks(ctx))
  const [row] = await ctx.db
    .update(tasks)
    .set({ deletedAt, version: sql`${tasks.version} + 1` })
    .where(and(eq(tasks.id, id), visible))
    .returning({ id: tasks.id })
  if (!row) throw noTask()
  await writeAudit(ctx, deletedAt ? 'task.delete' : 'task.restore', id)
  await notifyPages(ctx.db, ctx.workspaceId, 'tasks')
  return { id }
}
