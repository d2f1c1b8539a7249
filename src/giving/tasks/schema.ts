import * as z from 'zod'
import { cursorSchema, daySchema, lineSchema, linesSchema } from '../schema'
import { DUE_STATES, TASK_KINDS, TASK_PRIORITIES, TASK_REPEATS } from './rules'

// Messages that look like keys are keys of the `errors` texts.

const LIMITS = { title: 200, note: 5000 } as const

const fields = {
  kind: z.enum(TASK_KINDS),
  priority: z.enum(TASK_PRIORITIES),
  title: lineSchema(LIMITS.title).min(1, 'task.noTitle'),
  note: linesSchema(LIMITS.note),
  contactId: z.uuid().nullable(),
  /** Null: anybody's. */
  assigneeId: z.uuid().nullable(),
  dueOn: daySchema.nullable(),
  /** A moment (ISO), or null for no reminder. */
  remindAt: z.iso.datetime({ offset: true }).nullable(),
  repeat: z.enum(TASK_REPEATS).nullable(),
}

export const newTaskSchema = z.object({
  kind: fields.kind.default('other'),
  priority: fields.priority.default('normal'),
  title: fields.title,
  note: fields.note.default(''),
  contactId: fields.contactId.default(null),
  /** Left out: whoever makes it. */
  assigneeId: fields.assigneeId.optional(),
  dueOn: fields.dueOn.default(null),
  remindAt: fields.remindAt.default(null),
  repeat: fields.repeat.default(null),
})
export type NewTask = z.output<typeof newTaskSchema>

export const taskIdSchema = z.object({ id: z.uuid() })

/** What is left out stays as it is; `version` is the one that was read, so that who comes second is told. */
export const changeTaskSchema = z.object({
  id: z.uuid(),
  version: z.number().int().min(1).optional(),
  kind: fields.kind.optional(),
  priority: fields.priority.optional(),
  title: fields.title.optional(),
  note: fields.note.optional(),
  contactId: fields.contactId.optional(),
  assigneeId: fields.assigneeId.optional(),
  dueOn: fields.dueOn.optional(),
  remindAt: fields.remindAt.optional(),
  repeat: fields.repeat.optional(),
})
export type ChangeTask = z.output<typeof changeTaskSchema>

export const snoozeTaskSchema = z.object({ id: z.uuid(), days: z.number().int().min(1).max(365) })
export const assignTaskSchema = z.object({ id: z.uuid(), memberId: z.uuid().nullable() })

export const listTasksSchema = z.object({
  whose: z.enum(['mine', 'all']).default('mine'),
  /** `open` are all that are not done. */
  show: z.enum(['open', 'due', 'done']).default('open'),
  contactId: z.uuid().optional(),
  cursor: cursorSchema,
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListTasks = z.output<typeof listTasksSchema>

/** Dates are "2026-11-22", moments ISO texts: the same for the page and for REST. */
export const listedTaskSchema = z.object({
  id: z.string(),
  kind: fields.kind,
  priority: fields.priority,
  title: z.string(),
  note: z.string(),
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  dueOn: z.string().nullable(),
  state: z.enum(DUE_STATES),
  remindAt: z.string().nullable(),
  repeat: fields.repeat,
  doneAt: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
})
export type ListedTask = z.output<typeof listedTaskSchema>

export const taskPageSchema = z.object({ tasks: z.array(listedTaskSchema), nextCursor: z.string().nullable() })
export type TaskPage = z.output<typeof taskPageSchema>

export const savedTaskSchema = z.object({ id: z.string(), version: z.number() })
/** `nextId`: the task that a repeated one made. */
export const completedTaskSchema = z.object({ id: z.string(), nextId: z.string().nullable() })
