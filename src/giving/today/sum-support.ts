import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { ofWhose, type Whose } from '../contacts/whose-contacts'
import { type Frequency, monthlyEquivalent } from '../pledges/rules'
import { pledges } from '../pledges/table'

type Sum = { readonly frequency: Frequency; readonly amount: string; readonly unpaid: string }

/** Minor units a month: what comes already, and what was promised and nothing of which has come yet. */
export type Support = { readonly inHand: bigint; readonly promised: bigint }

/**
 * RULES "support progress" of the pledges of one currency that are active today. A pledge without any payment has an open
 * instalment behind it, its first one before it, or a pause: only of these are the payments looked for, one by one, for
 * `not exists` would read all payments that there are.
 */
export async function sumSupport(ctx: Ctx, today: PlainDate, currency: string, whose: Whose = 'all'): Promise<Support> {
  const own = ofWhose(ctx, whose, pledges.contactId) ?? sql`true`
  const rows = await ctx.db.execute<Sum>(sql`
    with terms as (
      select distinct on (pledge_id) pledge_id, amount, frequency, first_due_on from pledge_terms
      where workspace_id = ${ctx.workspaceId} and from_on <= ${today}::date order by pledge_id, from_on desc),
    active as materialized (
      select pledges.id, t.amount, t.frequency, t.first_due_on from pledges join terms t on t.pledge_id = pledges.id
      where pledges.workspace_id = ${ctx.workspaceId} and pledges.currency = ${currency} and pledges.cancelled_on is null
        and pledges.completed_on is null and pledges.start_on <= ${today}::date and (pledges.end_on is null or pledges.end_on >= ${today}::date)
        and not exists (select from pledge_pauses s where s.workspace_id = pledges.workspace_id and s.pledge_id = pledges.id
          and s.from_on <= ${today}::date and (s.until_on is null or s.until_on > ${today}::date))
        and ${own}),
    doubtful as materialized (
      select pledge_id as id from instalments where workspace_id = ${ctx.workspaceId} and not skipped
        and paid < amount - written_off and due_on <= ${today}::date
      union select pledge_id from pledge_pauses where workspace_id = ${ctx.workspaceId}
      union select id from active where first_due_on > ${today}::date),
    unpaid as materialized (
      select a.id from active a join doubtful d on d.id = a.id
      where (select true from instalments i
        where i.workspace_id = ${ctx.workspaceId} and i.pledge_id = a.id and i.paid > 0 limit 1) is null)
    select a.frequency, sum(a.amount)::text as amount,
      coalesce(sum(a.amount) filter (where u.id is not null), 0)::text as unpaid
    from active a left join unpaid u on u.id = a.id group by a.frequency`)
  const monthly = (of: (row: Sum) => string) =>
    monthlyEquivalent(rows.map((row) => ({ frequency: row.frequency, amount: BigInt(of(row)) })))
  const promised = monthly(({ unpaid }) => unpaid)
  return { inHand: monthly(({ amount }) => amount) - promised, promised }
}
