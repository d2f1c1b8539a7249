import { momentOf } from '@/kernel/dates'
import type { ListedTask, NewTask } from '../schema'

export type TaskValues = {
  readonly title: string
  readonly kind: NewTask['kind']
  readonly priority: NewTask['priority']
  readonly contact: { readonly id: string; readonly name: string } | null
  /** Null: anybody's; undefined: whoever makes it. */
  readonly assigneeId: string | null | undefined
  readonly dueOn: string
  /** "09"; empty: no reminder. */
  readonly hour: string
  readonly repeat: NonNullable<NewTask['repeat']> | ''
  readonly note: string
}

const EMPTY: TaskValues = {
  ...{ title: '', kind: 'call', priority: 'normal', contact: null, assigneeId: undefined },
  ...{ dueOn: '', hour: '', repeat: '', note: '' },
}

/** What the form begins with: the task as it is, or an empty one about that contact. */
export function valuesOf(task: ListedTask | null, contact: TaskValues['contact'], timeZone: string): TaskValues {
  if (!task) return { ...EMPTY, contact }
  const { title, kind, priority, dueOn, remindAt, repeat, note, assigneeId, contactId, contactName } = task
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone })
  const hour = remindAt ? format.format(new Date(remindAt)) : ''
  const about = contactId === null ? null : { id: contactId, name: contactName ?? '' }
  return { title, kind, priority, contact: about, assigneeId, dueOn: dueOn ?? '', hour, repeat: repeat ?? '', note }
}

/** What the door takes. */
export function inputOf({ contact, dueOn, hour, repeat, assigneeId, ...rest }: TaskValues, timeZone: string) {
  const remindAt = dueOn !== '' && hour !== '' ? momentOf(dueOn, Number(hour), timeZone).toISOString() : null
  return {
    ...rest,
    ...(assigneeId !== undefined && { assigneeId }),
    ...{ contactId: contact?.id ?? null, dueOn: dueOn || null, remindAt, repeat: repeat || null },
  }
}
