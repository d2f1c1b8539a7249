import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import { ofContact } from '../contacts/table'
import type { TaskKind, TaskPriority, TaskRepeat } from './rules'

/** What a member must do, about a contact or not. Soft-deleted, for deleting has an undo. */
export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid(),
    /** Whose it is; null: anybody's. */
    assigneeId: uuid().references(() => members.id, { onDelete: 'set null' }),
    kind: text().$type<TaskKind>().notNull(),
    priority: text().$type<TaskPriority>().notNull().default('normal'),
    title: text().notNull(),
    note: text().notNull().default(''),
    dueOn: date({ mode: 'string' }),
    remindAt: moment(),
    /** When the reminder was written into the outbox. */
    remindedAt: moment(),
    repeat: text().$type<TaskRepeat>(),
    /** The day of the month that a repeated task began on: 31 Jan, 28 Feb, 31 Mar. */
    anchorDay: smallint(),
    doneAt: moment(),
    doneBy: uuid(),
    /** The task that a repeated one made when it was done: reopening takes it back. */
    nextId: uuid(),
    /** Raised by every change, so that the second of two people who edit at once is told. */
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
    deletedAt: moment(),
  },
  (t) => [
    ofContact('tasks_contact_fk', t.workspaceId, t.contactId),
    index('tasks_open').on(t.workspaceId, t.dueOn, t.id).where(sql`done_at is null and deleted_at is null`),
    index('tasks_assignee')
      .on(t.workspaceId, t.assigneeId, t.dueOn, t.id)
      .where(sql`done_at is null and deleted_at is null`),
    index('tasks_done').on(t.workspaceId, t.doneAt, t.id).where(sql`done_at is not null and deleted_at is null`),
    index('tasks_contact').on(t.workspaceId, t.contactId, t.createdAt),
    index('tasks_member').on(t.assigneeId),
    // Over all workspaces: the job that reminds looks here each minute.
    index('tasks_remind')
      .on(t.remindAt)
      .where(sql`remind_at is not null and reminded_at is null and done_at is null and deleted_at is null`),
  ],
)
