import { and, eq, isNull, sql } from 'drizzle-orm'
import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { daysBetween } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { readWorkspace } from '../gifts/read-workspace'
import { nextDue } from './rules'
import { tasks } from './table'
import { lockTask, type TaskRow } from './visible-tasks'

type Completed = { readonly id: string; readonly nextId: string | null }

/** Done. One that repeats makes its next one, never in the past. Twice is once. */
export async function completeTask(ctx: Ctx, id: string): Promise<Completed> {
  requirePermission(ctx, 'tasks.write')
  const row = await lockTask(ctx, { id })
  if (row.doneAt !== null) return { id, nextId: row.nextId }
  const nextId = await repeatTask(ctx, row)
  const doneBy = ctx.actor.kind === 'job' ? null : ctx.actor.memberId
  await ctx.db
    .update(tasks)
    .set({ doneAt: ctx.now, doneBy, nextId, version: row.version + 1 })
    .where(eq(tasks.id, id))
  await writeAudit(ctx, 'task.complete', id)
  await notifyPages(ctx.db, ctx.workspaceId, 'tasks')
  return { id, nextId }
}

/** The undo: open again, and the next one that it made goes, unless somebody has done or changed that meanwhile. */
export async function reopenTask(ctx: Ctx, id: string): Promise<{ id: string }> {
  requirePermission(ctx, 'tasks.write')
  const row = await lockTask(ctx, { id })
  if (row.nextId !== null) {
    const untouched = and(eq(tasks.id, row.nextId), isNull(tasks.doneAt), eq(tasks.version, 1))
    await ctx.db.update(tasks).set({ deletedAt: ctx.now }).where(untouched)
  }
  const open = { doneAt: null, doneBy: null, nextId: null, version: sql`${tasks.version} + 1` }
  await ctx.db.update(tasks).set(open).where(eq(tasks.id, id))
  await writeAudit(ctx, 'task.reopen', id)
  await notifyPages(ctx.db, ctx.workspaceId, 'tasks')
  return { id }
}

async function repeatTask(ctx: Ctx, row: TaskRow): Promise<string | null> {
  if (row.repeat === null) return null
  const { today } = await readWorkspace(ctx)
  const from = row.dueOn ?? today
  const dueOn = nextDue(from, row.repeat, today, row.anchorDay ?? Number(from.slice(8)))
  const later = daysBetween(from, dueOn) * 86_400_000
  const remindAt = row.remindAt && new Date(row.remindAt.getTime() + later)
  const { workspaceId, contactId, assigneeId, kind, priority, title, note, repeat } = row
  const kept = { workspaceId, contactId, assigneeId, kind, priority, title, note, repeat }
  const made = { id: newId(), dueOn, remindAt, createdAt: ctx.now, createdBy: nameOf(ctx.actor) }
  await ctx.db.insert(tasks).values({ ...kept, ...made, anchorDay: row.anchorDay ?? Number(from.slice(8)) })
  return made.id
}
