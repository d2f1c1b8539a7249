import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { tasks } from './table'

/** A member's tasks that are not done go to another member who has been checked. Answers how many. */
export async function handOverTasks(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  const rows = await ctx.db
    .update(tasks)
    .set({ assigneeId: toId, version: sql`${tasks.version} + 1` })
    .where(and(eq(tasks.assigneeId, fromId), isNull(tasks.doneAt)))
    .returning({ deletedAt: tasks.deletedAt })
  await notifyPages(ctx.db, ctx.workspaceId, 'tasks')
  return rows.filter(({ deletedAt }) => deletedAt === null).length
}
