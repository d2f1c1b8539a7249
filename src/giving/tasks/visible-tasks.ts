import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { tasks } from './table'

/** A condition on `tasks`: those that the actor may see, their own and those of contacts that they see; none are deleted. */
export function visibleTasks(ctx: Ctx): SQL {
  return sql`${and(isNull(tasks.deletedAt), ownTasks(ctx))}`
}

/** The same with those that were deleted; none where the actor may see all. */
export function ownTasks(ctx: Ctx): SQL | undefined {
  const ofContact = ofVisibleContact(ctx, tasks.contactId)
  if (!ofContact || ctx.actor.kind === 'job') return undefined
  const free = and(isNull(tasks.contactId), isNull(tasks.assigneeId))
  return or(eq(tasks.assigneeId, ctx.actor.memberId), ofContact, free)
}

export type TaskRow = typeof tasks.$inferSelect

/** Locked until the transaction ends. Throws `not_found`, and `conflict` when somebody changed it since `version`. */
export async function lockTask(ctx: Ctx, { id, version }: { id: string; version?: number | undefined }) {
  const [row] = await ctx.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, id), visibleTasks(ctx)))
    .for('update')
  if (!row) throw noTask()
  if (version === undefined || row.version === version) return row
  throw new AppError('conflict', 'somebody changed this task meanwhile', { reason: 'task.changed' })
}

export function noTask(): AppError {
  return new AppError('not_found', 'no such task', { reason: 'task.notFound' })
}

/** Throws `bad_input` unless the member belongs to the workspace. */
export async function requireMember(ctx: Ctx, id: string | null): Promise<void> {
  if (id === null) return
  const [row] = await ctx.db.select({ id: members.id }).from(members).where(eq(members.id, id))
  if (row) return
  throw new AppError('bad_input', `no member ${id}`, { reason: 'task.noMember', values: { field: 'assigneeId' } })
}
