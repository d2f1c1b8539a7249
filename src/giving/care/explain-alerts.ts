import { eq, or } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { addDays, type PlainDate } from '@/kernel/dates'
import { findContact } from '../contacts/visible-contacts'
import { graceOf } from '../pledges/describe-pledge'
import { findPledge, type PledgeRow, readParts } from '../pledges/find-pledge'
import { instalments } from '../pledges/table'
import { findTellings } from './find-tellings'
import { type CareDay, readCareDay } from './read-day'
import { type AlertDay, graceUntil, heardOf, judgeAlerts } from './rules-alerts'
import type { PledgeAlerts } from './schema'

/** Why an alert about a pledge was or was not sent: what the daily check decides today, and what was told so far. */
export async function explainAlerts(ctx: Ctx, pledgeId: string): Promise<PledgeAlerts> {
  requirePermission(ctx, 'pledges.read')
  const pledge = await findPledge(ctx, pledgeId)
  const contact = await findContact(ctx, pledge.contactId)
  const day = await readCareDay(ctx)
  const episodes = await findTellings(ctx, pledgeId)
  const pause = await pauseOf(ctx, pledge, day.today)
  const open = episodes.find(({ resolvedAt }) => resolvedAt === null)
  const alertDay: AlertDay = {
    today: day.today,
    graceDays: graceOf(pledge, day),
    closed: pledge.cancelledOn !== null || pledge.completedOn !== null,
    paused: pause !== undefined,
    deceased: contact.deceasedOn !== null,
    declined: contact.status === 'declined',
    doNotContact: contact.doNotContact,
    heard: open ? heardOf(open.tellings) : null,
  }
  return {
    ...{ graceDays: alertDay.graceDays, nextCheckOn: nextCheckOn(day), checkHour: day.checkHour, episodes },
    readers: await namesOfReaders(ctx, contact.ownerId),
    instalments: await judge(ctx, pledge, alertDay, pause?.untilOn ?? null),
  }
}

async function judge(ctx: Ctx, pledge: PledgeRow, day: AlertDay, pausedUntil: PlainDate | null) {
  const owed = await ctx.db.select().from(instalments).where(eq(instalments.pledgeId, pledge.id))
  return judgeAlerts(owed, day).map(({ instalment: { dueOn }, daysLate, verdict }) => {
    const ends = { grace: graceUntil(dueOn, day.graceDays), paused: pausedUntil }
    return { dueOn, daysLate, verdict, until: verdict === 'grace' || verdict === 'paused' ? ends[verdict] : null }
  })
}

async function pauseOf(ctx: Ctx, { id }: PledgeRow, today: PlainDate) {
  const { pauses } = (await readParts(ctx, [id])).get(id) ?? { pauses: [] }
  return pauses.find(({ fromOn, untilOn }) => fromOn <= today && (untilOn === null || today < untilOn))
}

/** A day is checked once. */
function nextCheckOn({ today, checkedOn }: CareDay): PlainDate {
  return checkedOn !== null && checkedOn >= today ? addDays(today, 1) : today
}

/** As `choose-readers` asks them, whatever they muted. */
async function namesOfReaders(ctx: Ctx, ownerId: string | null): Promise<string[]> {
  const after = ownerId === null ? undefined : eq(members.id, ownerId)
  const rows = await ctx.db
    .select({ id: members.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(or(eq(members.role, 'owner'), after))
    .orderBy(members.createdAt, members.id)
  const own = rows.filter(({ id }) => id === ownerId)
  return (own.length > 0 ? own : rows).map(({ name }) => name)
}
