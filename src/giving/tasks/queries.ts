import { aliasedTable, and, asc, desc, eq, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { contacts } from '../contacts/table'
import { findContact } from '../contacts/visible-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import { dueState } from './rules'
import type { ListedTask, ListTasks, TaskPage } from './schema'
import { tasks } from './table'
import { noTask, visibleTasks } from './visible-tasks'

const assignee = aliasedTable(members, 'assignee')
const columns = { task: tasks, contactName: contacts.displayName, assigneeName: users.name }

/** Open ones by their due date, those without one last; done ones newest first. A page at a time. */
export async function listTasks(ctx: Ctx, input: ListTasks): Promise<TaskPage> {
  requirePermission(ctx, 'tasks.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const { today } = await readWorkspace(ctx)
  const done = input.show === 'done'
  const key = done ? sql`${tasks.doneAt}` : sql`coalesce(${tasks.dueOn}, '9999-12-31'::date)`
  const rows = await joined(ctx)
    .where(and(visibleTasks(ctx), ...conditions(ctx, input, today), after(input.cursor, key, done)))
    .orderBy(done ? desc(key) : asc(key), done ? desc(tasks.id) : asc(tasks.id))
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1)?.task : undefined
  return { tasks: page.map((row) => toListed(row, today)), nextCursor: last ? cursorOf(last, done) : null }
}

export async function getTask(ctx: Ctx, id: string): Promise<ListedTask> {
  requirePermission(ctx, 'tasks.read')
  const { today } = await readWorkspace(ctx)
  const [row] = await joined(ctx).where(and(eq(tasks.id, id), visibleTasks(ctx)))
  if (!row) throw noTask()
  return toListed(row, today)
}

function joined(ctx: Ctx) {
  return ctx.db
    .select(columns)
    .from(tasks)
    .leftJoin(contacts, eq(contacts.id, tasks.contactId))
    .leftJoin(assignee, eq(assignee.id, tasks.assigneeId))
    .leftJoin(users, eq(users.id, assignee.userId))
}

function conditions(ctx: Ctx, { whose, show, contactId }: ListTasks, today: string): (SQL | undefined)[] {
  const mine = ctx.actor.kind === 'job' ? undefined : eq(tasks.assigneeId, ctx.actor.memberId)
  return [
    show === 'done' ? isNotNull(tasks.doneAt) : isNull(tasks.doneAt),
    show === 'due' ? lte(tasks.dueOn, today) : undefined,
    contactId === undefined ? undefined : eq(tasks.contactId, contactId),
    // What is nobody's is everybody's.
    whose === 'mine' && contactId === undefined ? or(mine, isNull(tasks.assigneeId)) : undefined,
  ]
}

function after(cursor: string | null | undefined, key: SQL, done: boolean): SQL | undefined {
  const [value, id] = cursor?.split('_') ?? []
  if (!value || !id) return undefined
  const type = sql.raw(done ? 'timestamptz' : 'date')
  return sql`(${key}, ${tasks.id}) ${sql.raw(done ? '<' : '>')} (${value}::${type}, ${id}::uuid)`
}

function cursorOf(task: typeof tasks.$inferSelect, done: boolean): string {
  return `${done ? task.doneAt?.toISOString() : (task.dueOn ?? '9999-12-31')}_${task.id}`
}

type Row = {
  readonly task: typeof tasks.$inferSelect
  readonly contactName: string | null
  readonly assigneeName: string | null
}

function toListed({ task, contactName, assigneeName }: Row, today: string): ListedTask {
  const { id, kind, priority, title, note, contactId, assigneeId, dueOn, repeat, version } = task
  return {
    ...{ id, kind, priority, title, note, contactId, contactName, assigneeId, assigneeName, dueOn, repeat, version },
    state: dueState(dueOn, task.doneAt !== null, today),
    remindAt: task.remindAt?.toISOString() ?? null,
    doneAt: task.doneAt?.toISOString() ?? null,
    createdAt: task.createdAt.toISOString(),
  }
}
