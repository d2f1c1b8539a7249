import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { newId } from '@/kernel/ids'
import { findContact } from '../contacts/visible-contacts'
import type { NewTask } from './schema'
import { tasks } from './table'
import { requireMember } from './visible-tasks'

/** Throws `not_found` for a contact that the actor does not see, `bad_input` for a member of another workspace. */
export async function createTask(ctx: Ctx, input: NewTask): Promise<{ id: string; version: number }> {
  requirePermission(ctx, 'tasks.write')
  const assigneeId = input.assigneeId === undefined ? actingMember(ctx) : input.assigneeId
  await requireMember(ctx, assigneeId)
  if (input.contactId !== null) await findContact(ctx, input.contactId)
  const row = { ...input, assigneeId, remindAt: momentOf(input.remindAt), anchorDay: anchorOf(input.dueOn) }
  const id = newId()
  const { workspaceId, now: createdAt } = ctx
  await ctx.db.insert(tasks).values({ ...row, id, workspaceId, createdAt, createdBy: nameOf(ctx.actor) })
  await writeAudit(ctx, 'task.create', id, { contactId: input.contactId, title: input.title })
  await notifyPages(ctx.db, workspaceId, 'tasks')
  return { id, version: 1 }
}

function actingMember({ actor }: Ctx): string | null {
  return actor.kind === 'job' ? null : actor.memberId
}

export function momentOf(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso)
}

/** The day of the month that repeating keeps. */
export function anchorOf(dueOn: string | null): number | null {
  return dueOn === null ? null : Number(dueOn.slice(8))
}
