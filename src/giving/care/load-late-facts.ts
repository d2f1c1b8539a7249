import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import type { Frequency } from '../pledges/rules'
import type { CareDay } from './read-day'

/** What a message on a late pledge says beside who and how long. */
export type LateDetail = {
  readonly pledgeId: string
  readonly amount: string
  readonly currency: string
  readonly frequency: Frequency
  readonly open: string
  readonly onTime: number
}

const LOOKED_AT = 3

/** Of a handful of pledges: what was promised, what is late in all, and whether the instalments before came on time. */
export async function loadLateDetails(
  { db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, graceDays }: Pick<CareDay, 'today' | 'graceDays'>,
  pledges: readonly { readonly pledgeId: string; readonly dueOn: PlainDate }[],
): Promise<ReadonlyMap<string, LateDetail>> {
  const rows = await db.execute<LateDetail>(sql`
    select w."pledgeId", t.amount::text as amount, p.currency, t.frequency, o.open::text as open, b.on_time as "onTime"
    from json_to_recordset(${JSON.stringify(pledges)}::json) w ("pledgeId" uuid, "dueOn" date)
    join pledges p on p.workspace_id = ${workspaceId} and p.id = w."pledgeId"
    join lateral (
      select amount, frequency from pledge_terms t where t.workspace_id = p.workspace_id and t.pledge_id = p.id
      order by t.from_on <= ${today}::date desc, abs(t.from_on - ${today}::date) limit 1
    ) t on true
    cross join lateral (
      select sum(amount - written_off - paid) as open from instalments i
      where i.workspace_id = p.workspace_id and i.pledge_id = p.id and not i.skipped and i.paid < i.amount - i.written_off
        and i.due_on < ${today}::date - coalesce(p.grace_days, ${graceDays}::smallint)
    ) o
    cross join lateral (
      select count(*) filter (where on_time and rank <= coalesce(first_bad - 1, ${LOOKED_AT}))::int as on_time from (
        select *, min(rank) filter (where not on_time) over () as first_bad from (
          select row_number() over (order by i.due_on desc) as rank,
            i.paid >= i.amount - i.written_off and coalesce((
              select max(g.given_on) <= i.due_on + coalesce(p.grace_days, ${graceDays}::smallint)
              from allocations a join gifts g on g.workspace_id = a.workspace_id and g.id = a.gift_id
              where a.workspace_id = i.workspace_id and a.instalment_id = i.id
            ), false) as on_time
          from instalments i
          where i.workspace_id = p.workspace_id and i.pledge_id = p.id and not i.skipped and i.due_on < w."dueOn"
          order by i.due_on desc limit ${LOOKED_AT}
        ) looked
      ) judged
    ) b`)
  return new Map(rows.map((row) => [row.pledgeId, row]))
}
