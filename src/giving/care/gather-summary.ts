import type { Ctx } from '@/accounts/context'
import type { Role } from '@/accounts/rules-permissions'
import { AppError } from '@/kernel/app-error'
import type { Week, WeekPart } from '@/notifications/weekly-part'
import { ownContacts } from '../contacts/visible-contacts'
import { gatherGifts, gatherRecovered, gatherThanks } from './gather-gifts'
import { gatherBirthdays, gatherLate, gatherRisks, gatherTasks } from './gather-people'
import { gatherExpected, gatherGoal } from './gather-support'
import type { SummaryDay } from './read-week'
import { type GivingFacts, lastWeek, NO_GIVING, type SummaryFacts } from './rules-summary'

const NO_TASKS: SummaryFacts['tasks'] = { count: 0, due: 0, rows: [] }

/**
 * The summaries of one workspace's day: asked for a context, it gathers the week of whoever acts there, of their own contacts
 * or of all where their role sees all. What several readers share is gathered once.
 */
export function openSummaries(day: SummaryDay, other: WeekPart): (ctx: Ctx) => Promise<SummaryFacts> {
  const week = { ...lastWeek(day.today), timeZone: day.timeZone }
  const [givings, others] = [new Map<string, GivingFacts>(), new Map<Role, SummaryFacts['other']>()]
  return async (ctx) => {
    const { memberId, role } = readerOf(ctx)
    const whose = ownContacts(ctx) === undefined ? 'all' : 'mine'
    const seen = whose === 'all' ? 'all' : memberId
    return {
      ...{ workspace: day.workspace, memberId, workspaceId: ctx.workspaceId, whose, giving: day.giving },
      ...{ from: week.from, to: week.to },
      ...(day.giving ? await once(givings, seen, () => gatherGiving(ctx, day, week)) : NO_GIVING),
      tasks: day.giving ? await gatherTasks(ctx, day.today) : NO_TASKS,
      other: day.bargains ? await once(others, role, () => other.gather(ctx, week)) : null,
    }
  }
}

function readerOf({ actor }: Ctx) {
  if (actor.kind === 'job') throw new AppError('forbidden', 'a job has no summary')
  return actor
}

async function once<K, V>(known: Map<K, V>, key: K, find: () => Promise<V>): Promise<V> {
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const found = await find()
  known.set(key, found)
  return found
}

async function gatherGiving(ctx: Ctx, day: SummaryDay, week: Week): Promise<GivingFacts> {
  const late = await gatherLate(ctx, day)
  return {
    gifts: await gatherGifts(ctx, week),
    ...(await gatherRecovered(ctx, week)),
    late: late.section,
    risk: await gatherRisks(ctx, day, late.contacts),
    thanks: await gatherThanks(ctx),
    next: await gatherExpected(ctx, day.today),
    goal: await gatherGoal(ctx, day),
    birthdays: await gatherBirthdays(ctx, day.today),
  }
}
