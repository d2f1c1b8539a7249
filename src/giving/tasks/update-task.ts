import { eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { addDays } from '@/kernel/dates'
import { findContact } from '../contacts/visible-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import { anchorOf, momentOf } from './create-task'
import type { ChangeTask } from './schema'
import { tasks } from './table'
import { lockTask, requireMember, type TaskRow } from './visible-tasks'

type Saved = { readonly id: string; readonly version: number }

/** What is left out stays as it is. A new time of reminding reminds anew. */
export async function updateTask(ctx: Ctx, { id, version, ...change }: ChangeTask): Promise<Saved> {
  requirePermission(ctx, 'tasks.write')
  const row = await lockTask(ctx, { id, version })
  await requireMember(ctx, change.assigneeId ?? null)
  if (change.contactId) await findContact(ctx, change.contactId)
  const { dueOn, remindAt, ...rest } = change
  return save(ctx, row, 'task.update', {
    ...rest,
    ...(dueOn !== undefined && { dueOn, anchorDay: anchorOf(dueOn) }),
    ...(remindAt !== undefined && { remindAt: momentOf(remindAt), remindedAt: null }),
  })
}

/** Later by so many days, counted from today; a reminder that was set moves by as many. */
export async function snoozeTask(ctx: Ctx, { id, days }: { id: string; days: number }): Promise<Saved> {
  requirePermission(ctx, 'tasks.write')
  const row = await lockTask(ctx, { id })
  const { today } = await readWorkspace(ctx)
  const dueOn = addDays(today, days)
  const remindAt = row.remindAt && new Date(Math.max(row.remindAt.getTime(), ctx.now.getTime()) + days * 86_400_000)
  return save(ctx, row, 'task.snooze', { dueOn, remindAt, remindedAt: null })
}

export async function assignTask(ctx: Ctx, { id, memberId }: { id: string; memberId: string | null }): Promise<Saved> {
  requirePermission(ctx, 'tasks.write')
  const row = await lockTask(ctx, { id })
  await requireMember(ctx, memberId)
  return save(ctx, row, 'task.assign', { assigneeId: memberId })
}

async function save(ctx: Ctx, row: TaskRow, action: string, change: Partial<TaskRow>): Promise<Saved> {
  const version = row.version + 1
  await ctx.db
    .update(tasks)
    .set({ ...change, version })
    .where(eq(tasks.id, row.id))
  await writeAudit(ctx, action, row.id, { fields: Object.keys(change) })
  await notifyPages(ctx.db, ctx.workspaceId, 'tasks')
  return { id: row.id, version }
}
