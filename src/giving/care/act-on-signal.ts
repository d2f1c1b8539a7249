import type { Ctx } from '@/accounts/context'
import type { Translator } from '@/i18n/translator'
import { AppError } from '@/kernel/app-error'
import { addDays, momentOf } from '@/kernel/dates'
import { findContact } from '../contacts/visible-contacts'
import { findPledge } from '../pledges/find-pledge'
import { pausePledge } from '../pledges/pause-pledge'
import { completeTask } from '../tasks/complete-task'
import { createTask } from '../tasks/create-task'
import { getTask } from '../tasks/queries'
import { newTaskSchema } from '../tasks/schema'
import { logTouch } from '../touches/log-touch'
import { readCareDay } from './read-day'
import type { CareVerb } from './rules-verbs'
import { thankContact } from './thank-gifts'

const REMIND_DAYS = 3
const REMIND_HOUR = 9

/** Does what a button of a message says, at whichever door it was pressed. Throws what the verbs throw. */
export async function actOnSignal(ctx: Ctx, verb: CareVerb, id: string, words: Translator): Promise<void> {
  switch (verb) {
    case 'called':
      await logTouch(ctx, { contactId: id, kind: 'call', note: '' })
      return
    case 'remind':
      await remindOfContact(ctx, id, words)
      return
    case 'pause':
      return pause(ctx, id)
    case 'thanked':
      await thankContact(ctx, id)
      return
    case 'done':
      await completeTask(ctx, id)
  }
}

/** Whom or what it is about: a contact's name, a task's title. Throws `not_found`. */
export async function nameOfSubject(ctx: Ctx, verb: CareVerb, id: string): Promise<string> {
  if (verb === 'done') return (await getTask(ctx, id)).title
  const contactId = verb === 'pause' ? (await findPledge(ctx, id)).contactId : id
  return (await findContact(ctx, contactId)).displayName
}

/** A task to call them in three days. Answers its id, by which that is taken back. */
export async function remindOfContact(ctx: Ctx, contactId: string, { t }: Translator) {
  const { displayName: name } = await findContact(ctx, contactId)
  const { today, timeZone } = await readCareDay(ctx)
  const dueOn = addDays(today, REMIND_DAYS)
  const remindAt = momentOf(dueOn, REMIND_HOUR, timeZone).toISOString()
  const title = t('alerts.taskTitle', { name })
  const { id } = await createTask(ctx, newTaskSchema.parse({ kind: 'call', title, contactId, dueOn, remindAt }))
  return { id, dueOn }
}

async function pause(ctx: Ctx, id: string): Promise<void> {
  const { cancelledOn, completedOn } = await findPledge(ctx, id)
  if (cancelledOn ?? completedOn) throw new AppError('conflict', 'a closed pledge', { reason: 'care.noPledge' })
  const { today } = await readCareDay(ctx)
  await pausePledge(ctx, { id, fromOn: today, untilOn: null, reason: '' })
}
