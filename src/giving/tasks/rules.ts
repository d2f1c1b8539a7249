import { addDays, addMonths, type PlainDate } from '@/kernel/dates'

export const TASK_KINDS = ['call', 'visit', 'letter', 'message', 'meeting', 'thank', 'other'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

export const TASK_PRIORITIES = ['high', 'normal', 'low'] as const
export type TaskPriority = (typeof TASK_PRIORITIES)[number]

export const TASK_REPEATS = ['daily', 'weekly', 'biweekly', 'monthly', 'quarterly', 'yearly'] as const
export type TaskRepeat = (typeof TASK_REPEATS)[number]

type Step = { readonly days: number } | { readonly months: number }

const STEPS: Readonly<Record<TaskRepeat, Step>> = {
  daily: { days: 1 },
  weekly: { days: 7 },
  biweekly: { days: 14 },
  monthly: { months: 1 },
  quarterly: { months: 3 },
  yearly: { months: 12 },
}

/**
 * When a task that was due on `due` and is done `today` is due again: the first day of its rhythm after both. `anchorDay`
 * is the day of the month that it began on: 31 Jan, 28 Feb, 31 Mar.
 */
export function nextDue(due: PlainDate, repeat: TaskRepeat, today: PlainDate, anchorDay: number): PlainDate {
  let next = due
  for (let count = 1; next <= due || next <= today; count++) next = after(due, STEPS[repeat], count, anchorDay)
  return next
}

function after(due: PlainDate, step: Step, count: number, anchorDay: number): PlainDate {
  return 'days' in step ? addDays(due, step.days * count) : addMonths(due, step.months * count, anchorDay)
}

export const DUE_STATES = ['done', 'overdue', 'today', 'soon', 'later', 'undated'] as const
export type DueState = (typeof DUE_STATES)[number]

const SOON_DAYS = 7

/** Where a task stands today. */
export function dueState(dueOn: PlainDate | null, done: boolean, today: PlainDate): DueState {
  if (done) return 'done'
  if (dueOn === null) return 'undated'
  if (dueOn < today) return 'overdue'
  if (dueOn === today) return 'today'
  return dueOn <= addDays(today, SOON_DAYS) ? 'soon' : 'later'
}
