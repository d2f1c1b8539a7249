import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { may, type Role } from '@/accounts/rules-permissions'
import { addDays, type PlainDate } from '@/kernel/dates'
import { type Frequency, monthlyEquivalent } from '../pledges/rules'
import { LATE_BUCKETS, lateBucket } from '../pledges/rules-late'
import { tasks } from '../tasks/table'
import { findBirthdays } from './find-birthdays'
import { findLatePledges } from './find-late'
import { findDonors } from './find-risks'
import { loadPeople } from './load-people'
import type { CareDay } from './read-day'
import { mayTellOfRisk } from './rules-at-risk'
import { lastWeek, type Names, type Sum, type SummaryFacts } from './rules-summary'

type Scope = Pick<Ctx, 'workspaceId' | 'db'>
export type SummaryMember = { readonly memberId: string; readonly role: Role }

/** Names in a section; the rest is a number. */
const LISTED = 10

/** The week of one member: of their own contacts, or of all where their role sees all. */
export async function gatherSummary(
  ctx: Scope,
  { workspace, ...day }: CareDay & { readonly workspace: string },
  { memberId, role }: SummaryMember,
): Promise<SummaryFacts> {
  const week = lastWeek(day.today)
  const whose = may(role, 'contacts.all') ? sql`true` : sql`c.owner_id = ${memberId}`
  const late = await lateOf(ctx, day, whose)
  return {
    ...{ workspace, memberId, workspaceId: ctx.workspaceId, ...week },
    gifts: await giftsOf(ctx, week, whose),
    fresh: await namesOf(ctx, freshIn(week), whose),
    recovered: await namesOf(ctx, recoveredIn(week, day.timeZone), whose),
    late: late.section,
    risk: await risksOf(ctx, day, whose, late.contacts),
    thanks: await thanksOf(ctx, whose),
    next: await expectedOf(ctx, day.today, whose),
    goal: await goalOf(ctx, day),
    tasks: await tasksOf(ctx, memberId, day.today),
    birthdays: await birthdaysOf(ctx, day.today, whose),
  }
}

type Week = { readonly from: PlainDate; readonly to: PlainDate }
const COUNTED = sql`g.reverses_id is null and g.voided_at is null and g.refunded < g.amount`

async function giftsOf(ctx: Scope, { from, to }: Week, whose: SQL): Promise<SummaryFacts['gifts']> {
  const given = sql`
    from gifts g join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id
    where g.workspace_id = ${ctx.workspaceId} and g.given_on between ${from} and ${to} and ${COUNTED} and ${whose}`
  const sums = await ctx.db.execute<Sum & { count: number }>(sql`
    select g.currency, sum(g.amount - g.refunded)::text as total, count(*)::int as count ${given}
    group by g.currency order by 1`)
  const rows = await ctx.db.execute<SummaryFacts['gifts']['rows'][number]>(sql`
    select g.contact_id as "contactId", c.display_name as name, (g.amount - g.refunded)::text as amount, g.currency ${given}
    order by g.amount desc, g.id limit ${LISTED}`)
  return { ...counted(sums), rows }
}

function counted(rows: readonly (Sum & { readonly count: number })[]) {
  const sums = rows.map(({ currency, total }) => ({ currency, total }))
  return { count: rows.reduce((sum, { count }) => sum + count, 0), sums }
}

function freshIn({ from, to }: Week): SQL {
  return sql`c.id in (select contact_id from contact_rollups r where r.workspace_id = c.workspace_id
    and r.first_gift_on between ${from} and ${to})`
}

/** The log of statuses says who came back. */
function recoveredIn({ from, to }: Week, timeZone: string): SQL {
  return sql`c.id in (select subject_id from audit_entries a where a.workspace_id = c.workspace_id
    and a.action = 'contact.status' and a.facts ->> 'from' = 'lapsed' and a.facts ->> 'to' = 'donor'
    and (a.created_at at time zone ${timeZone})::date between ${from} and ${to})`
}

async function namesOf(ctx: Scope, which: SQL, whose: SQL): Promise<Names> {
  const rows = await ctx.db.execute<{ name: string; count: number }>(sql`
    select c.display_name as name, (count(*) over ())::int as count from contacts c
    where c.workspace_id = ${ctx.workspaceId} and c.deleted_at is null and ${which} and ${whose}
    order by c.sort_name limit ${LISTED}`)
  return { count: rows[0]?.count ?? 0, names: rows.map(({ name }) => name) }
}

async function lateOf(ctx: Scope, day: CareDay, whose: SQL) {
  const late = await findLatePledges(ctx, day, whose)
  const shown = late.slice(0, LISTED)
  const people = await loadPeople(
    ctx,
    shown.map(({ contactId }) => contactId),
  )
  const buckets = LATE_BUCKETS.map((bucket) => ({
    bucket,
    count: late.filter(({ daysLate }) => lateBucket(daysLate) === bucket).length,
  }))
  const rows = shown.map(({ contactId, daysLate: days }) => {
    const person = people.get(contactId)
    return { contactId, name: person?.name ?? '', phone: person?.phone ?? null, days }
  })
  const section = { count: late.length, buckets: buckets.filter(({ count }) => count > 0), rows }
  return { section, contacts: new Set(late.map(({ contactId }) => contactId)) }
}

async function risksOf(ctx: Scope, day: CareDay, whose: SQL, late: ReadonlySet<string>): Promise<SummaryFacts['risk']> {
  const donors = (await findDonors(ctx, day, whose)).filter(
    (donor) => donor.risk.state === 'at_risk' && mayTellOfRisk({ ...donor, pledgeLate: late.has(donor.contactId) }),
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

async function thanksOf(ctx: Scope, whose: SQL): Promise<SummaryFacts['thanks']> {
  const rows = await ctx.db.execute<Sum & { count: number }>(sql`
    select g.currency, sum(g.amount - g.refunded)::text as total, count(*)::int as count
    from gifts g join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id
    where g.workspace_id = ${ctx.workspaceId} and g.thanks_due and g.thanked_at is null and ${COUNTED} and ${whose}
    group by g.currency order by 1`)
  return counted(rows)
}

/** Of the seven days that begin with today. Never income: only what is promised. */
async function expectedOf(ctx: Scope, today: PlainDate, whose: SQL): Promise<SummaryFacts['next']> {
  const rows = await ctx.db.execute<Sum & { count: number }>(sql`
    select i.currency, sum(i.amount - i.written_off - i.paid)::text as total, count(*)::int as count
    from instalments i join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.workspace_id = ${ctx.workspaceId} and i.due_on between ${today} and ${addDays(today, 6)} and not i.skipped
      and i.paid < i.amount - i.written_off and ${whose}
    group by i.currency order by 1`)
  return counted(rows)
}

/** Of the whole workspace, whoever reads. */
async function goalOf(ctx: Scope, { monthlyGoal, currency, today }: CareDay): Promise<SummaryFacts['goal']> {
  if (monthlyGoal === null) return null
  const rows = await ctx.db.execute<{ amount: string; frequency: Frequency }>(sql`
    select t.amount::text as amount, t.frequency from pledges p
    join lateral (
      select amount, frequency from pledge_terms t
      where t.workspace_id = p.workspace_id and t.pledge_id = p.id and t.from_on <= ${today}
      order by t.from_on desc limit 1
    ) t on true
    where p.workspace_id = ${ctx.workspaceId} and p.currency = ${currency} and p.cancelled_on is null
      and p.completed_on is null and p.start_on <= ${today} and (p.end_on is null or p.end_on >= ${today})
      and not exists (select from pledge_pauses s where s.workspace_id = p.workspace_id and s.pledge_id = p.id
        and s.from_on <= ${today} and (s.until_on is null or s.until_on > ${today}))`)
  const promised = monthlyEquivalent(rows.map(({ amount, frequency }) => ({ amount: BigInt(amount), frequency })))
  return { goal: monthlyGoal.toString(), promised: promised.toString(), currency }
}

async function tasksOf(ctx: Scope, memberId: string, today: PlainDate): Promise<SummaryFacts['tasks']> {
  const due = sql`${tasks.dueOn} <= ${addDays(today, 6)}`
  const mine = or(eq(tasks.assigneeId, memberId), isNull(tasks.assigneeId))
  const rows = await ctx.db
    .select({ title: tasks.title, dueOn: tasks.dueOn })
    .from(tasks)
    .where(and(isNull(tasks.doneAt), isNull(tasks.deletedAt), due, mine))
    .orderBy(tasks.dueOn, tasks.id)
    .limit(500)
  return { count: rows.length, rows: rows.slice(0, LISTED) }
}

async function birthdaysOf(ctx: Scope, today: PlainDate, whose: SQL): Promise<SummaryFacts['birthdays']> {
  const birthdays = await findBirthdays(ctx, { today, days: 7 }, whose)
  const shown = birthdays.slice(0, LISTED)
  const people = await loadPeople(
    ctx,
    shown.map(({ contactId }) => contactId),
  )
  const rows = shown.map(({ contactId, on }) => ({ name: people.get(contactId)?.name ?? '', on }))
  return { count: birthdays.length, rows }
}
