import { sql } from 'drizzle-orm'
import type { Ctx, Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { withSystem } from '@/db/scope'
import { loadPeople } from '../care/load-people'
import { tellMembers } from '../care/tell-members'

/** Writes the reminders that are due into the outbox, each once; answers how many signals that made. */
export async function remindTasks(deps: Deps, now: Date): Promise<{ told: number }> {
  const workspaces = await withSystem(deps.db, 'find reminders', (tx) =>
    tx.execute<{ id: string }>(sql`
      select distinct t.workspace_id as id from tasks t join workspaces w on w.id = t.workspace_id
      where t.remind_at <= ${now.toISOString()} and t.reminded_at is null and t.done_at is null and t.deleted_at is null
        and w.giving`),
  )
  let told = 0
  for (const { id } of workspaces) told += await runAsJob(deps, id, 'remind-tasks', (ctx) => remindWorkspace(ctx, now))
  return { told }
}

type Row = {
  readonly taskId: string
  readonly contactId: string | null
  readonly assigneeId: string | null
  readonly title: string
  readonly dueOn: string | null
  readonly remindAt: string
}

async function remindWorkspace(ctx: Ctx, now: Date): Promise<number> {
  const at = now.toISOString()
  const rows = await ctx.db.execute<Row>(sql`
    update tasks set reminded_at = ${at}
    where workspace_id = ${ctx.workspaceId} and remind_at <= ${at} and reminded_at is null and done_at is null
      and deleted_at is null
    returning id as "taskId", contact_id as "contactId", assignee_id as "assigneeId", title, due_on::text as "dueOn",
      remind_at::text as "remindAt"`)
  const known = new Map(rows.map((row) => [row.taskId, row]))
  const news = rows.map(({ taskId, contactId, assigneeId, remindAt }) => ({
    ...{ subjectId: taskId, contactId: contactId ?? '', ownerId: assigneeId, days: 0 },
    key: `task.due:${taskId}:${remindAt}`,
  }))
  return tellMembers(ctx, 'task.due', news, async (shown) => {
    const people = await loadPeople(
      ctx,
      shown.flatMap(({ contactId }) => contactId || []),
    )
    return new Map(
      shown.map(({ subjectId, contactId }) => [
        subjectId,
        { name: null, phone: null, ...people.get(contactId), ...known.get(subjectId) },
      ]),
    )
  })
}
