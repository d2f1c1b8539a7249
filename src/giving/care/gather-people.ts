import { and, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, type PlainDate } from '@/kernel/dates'
import { contacts } from '../contacts/table'
import { ownContacts } from '../contacts/visible-contacts'
import { LATE_BUCKETS, lateBucket } from '../pledges/rules-late'
import { tasks } from '../tasks/table'
import { visibleTasks } from '../tasks/visible-tasks'
import { findBirthdays } from './find-birthdays'
import { findLatePledges, type LatePledge } from './find-late'
import { findAtRisk } from './find-risks'
import { loadLateDetails } from './load-late-facts'
import { loadPeople } from './load-people'
import type { CareDay } from './read-day'
import { mayTellOfRisk } from './rules-at-risk'
import { type GivingFacts, LISTED, type SummaryFacts } from './rules-summary'

/** Days that a summary looks ahead, today included. */
export const AHEAD = 7

/** A condition on `contacts c`: those that the reader sees. */
function seenBy(ctx: Ctx): SQL {
  const { actor } = ctx
  return ownContacts(ctx) === undefined || actor.kind === 'job' ? sql`true` : sql`c.owner_id = ${actor.memberId}`
}

/** Late pledges by bucket, the longest first; and of whom, for they are not told as at risk too. */
export async function gatherLate(ctx: Ctx, day: CareDay) {
  const late = await findLatePledges(ctx, day, seenBy(ctx))
  const buckets = LATE_BUCKETS.map((bucket) => ({
    bucket,
    count: late.filter(({ daysLate }) => lateBucket(daysLate) === bucket).length,
  }))
  const rows = await lateRows(ctx, day, late.slice(0, LISTED))
  const section = { count: late.length, buckets: buckets.filter(({ count }) => count > 0), rows }
  return { section, contacts: new Set(late.map(({ contactId }) => contactId)) }
}

async function lateRows(ctx: Ctx, day: CareDay, shown: readonly LatePledge[]): Promise<GivingFacts['late']['rows']> {
  const people = await loadPeople(
    ctx,
    shown.map(({ contactId }) => contactId),
  )
  const details = await loadLateDetails(ctx, day, shown)
  return shown.map(({ contactId, pledgeId, dueOn, daysLate: days }) => {
    const [person, detail] = [people.get(contactId), details.get(pledgeId)]
    const open = detail ? { amount: detail.open, currency: detail.currency } : {}
    return { contactId, name: person?.name ?? '', phone: person?.phone ?? null, days, dueOn, ...open }
  })
}

/** Who may be drifting away and why, the most silent first. */
export async function gatherRisks(ctx: Ctx, day: CareDay, late: ReadonlySet<string>): Promise<GivingFacts['risk']> {
  const donors = (await findAtRisk(ctx, day, seenBy(ctx))).filter((donor) =>
    mayTellOfRisk({ ...donor, pledgeLate: late.has(donor.contactId) }),
  )
  const shown = donors.toSorted((a, b) => b.risk.silentDays - a.risk.silentDays).slice(0, LISTED)
  const people = await loadPeople(
    ctx,
    shown.map(({ contactId }) => contactId),
  )
  const rows = shown.map(({ contactId, risk }) => {
    const person = people.get(contactId)
    const { silentDays: days, gapDays, basis } = risk
    return { contactId, name: person?.name ?? '', phone: person?.phone ?? null, days, gapDays, basis }
  })
  return { count: donors.length, rows }
}

export async function gatherBirthdays(ctx: Ctx, today: PlainDate): Promise<GivingFacts['birthdays']> {
  const birthdays = await findBirthdays(ctx, { today, days: AHEAD }, seenBy(ctx))
  const shown = birthdays.slice(0, LISTED)
  const people = await loadPeople(
    ctx,
    shown.map(({ contactId }) => contactId),
  )
  const rows = shown.map(({ contactId, on }) => ({ contactId, name: people.get(contactId)?.name ?? '', on }))
  return { count: birthdays.length, rows }
}

/** Open tasks of the reader and of nobody, of those that they see: due within the week, and before. */
export async function gatherTasks(ctx: Ctx, today: PlainDate): Promise<SummaryFacts['tasks']> {
  const { actor } = ctx
  const mine = actor.kind === 'job' ? undefined : eq(tasks.assigneeId, actor.memberId)
  const soon = lte(tasks.dueOn, addDays(today, AHEAD - 1))
  const rows = await ctx.db
    .select({
      title: tasks.title,
      dueOn: tasks.dueOn,
      name: contacts.displayName,
      count: sql<number>`(count(*) over ())::int`,
      due: sql<number>`(count(*) filter (where ${tasks.dueOn} <= ${today}) over ())::int`,
    })
    .from(tasks)
    .leftJoin(contacts, and(eq(contacts.workspaceId, tasks.workspaceId), eq(contacts.id, tasks.contactId)))
    .where(and(isNull(tasks.doneAt), soon, visibleTasks(ctx), or(mine, isNull(tasks.assigneeId))))
    .orderBy(tasks.dueOn, tasks.id)
    .limit(LISTED)
  const shown = rows.map(({ title, dueOn, name }) => ({ title, dueOn, name }))
  return { count: rows[0]?.count ?? 0, due: rows[0]?.due ?? 0, rows: shown }
}
