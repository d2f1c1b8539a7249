import { and, between, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, momentOf, type PlainDate } from '@/kernel/dates'
import { ofVisibleContact, ownContacts } from '../contacts/visible-contacts'
import { listInstalments } from '../pledges/queries'
import { type Frequency, monthlyEquivalent } from '../pledges/rules'
import { listInstalmentsSchema } from '../pledges/schema'
import { instalments } from '../pledges/table'
import { sumSupport } from '../today/sum-support'
import { toSums } from './gather-gifts'
import { AHEAD } from './gather-people'
import type { CareDay } from './read-day'
import { type GivingFacts, LISTED } from './rules-summary'

const OPEN: SQL = sql`not skipped and paid < amount - written_off`

/** Of the seven days that begin with today. Never income: only what is promised. */
export async function gatherExpected(ctx: Ctx, today: PlainDate): Promise<GivingFacts['next']> {
  const to = addDays(today, AHEAD - 1)
  const sums = await ctx.db
    .select({
      currency: instalments.currency,
      total: sql<string>`sum(amount - written_off - paid)::text`,
      count: sql<number>`count(*)::int`,
    })
    .from(instalments)
    .where(and(between(instalments.dueOn, today, to), OPEN, ofVisibleContact(ctx, instalments.contactId)))
    .groupBy(instalments.currency)
    .orderBy(instalments.currency)
  const input = listInstalmentsSchema.parse({ from: today, to, show: 'open', limit: LISTED })
  const page = await listInstalments(ctx, input)
  const rows = page.instalments.map(({ contactId, contactName: name, dueOn: on, open: amount, currency }) => ({
    ...{ contactId, name, on, amount, currency },
  }))
  return { ...toSums(sums), rows }
}

/** RULES "support progress" as the page of today has it, and what it changed since a week ago. The goal is the whole workspace's. */
export async function gatherGoal(ctx: Ctx, day: CareDay): Promise<GivingFacts['goal']> {
  const { monthlyGoal, currency, today } = day
  if (monthlyGoal === null || ownContacts(ctx) !== undefined) return null
  const { inHand, promised } = await sumSupport(ctx, today, currency)
  const change = inHand + promised - (await supportOn(ctx, day, addDays(today, -7)))
  return {
    ...{ goal: monthlyGoal.toString(), currency, change: change.toString() },
    ...{ inHand: inHand.toString(), promised: promised.toString() },
  }
}

/** What the pledges that were known by the end of a day, and active on it, came to in a month. */
async function supportOn(ctx: Ctx, { currency, timeZone }: CareDay, on: PlainDate): Promise<bigint> {
  const known = momentOf(addDays(on, 1), 0, timeZone).toISOString()
  const rows = await ctx.db.execute<{ amount: string; frequency: Frequency }>(sql`
    select sum(t.amount)::text as amount, t.frequency from pledges p
    join lateral (
      select amount, frequency from pledge_terms t
      where t.workspace_id = p.workspace_id and t.pledge_id = p.id and t.from_on <= ${on}::date
      order by t.from_on desc limit 1
    ) t on true
    where p.workspace_id = ${ctx.workspaceId} and p.currency = ${currency} and p.created_at < ${known}
      and (p.cancelled_on is null or p.cancelled_on > ${on}::date)
      and (p.completed_on is null or p.completed_on > ${on}::date)
      and p.start_on <= ${on}::date and (p.end_on is null or p.end_on >= ${on}::date)
      and not exists (select from pledge_pauses s where s.workspace_id = p.workspace_id and s.pledge_id = p.id
        and s.from_on <= ${on}::date and (s.until_on is null or s.until_on > ${on}::date))
    group by t.frequency`)
  return monthlyEquivalent(rows.map(({ amount, frequency }) => ({ amount: BigInt(amount), frequency })))
}
