import { type SQL, sql } from 'drizzle-orm'
import { counted, inMoney, net } from './count-gifts'

/** Which contacts: a condition on the column that is given to it. */
export type Whose = (contactId: SQL) => SQL

export const everybody: Whose = () => sql`true`

/** These alone; `ids` is one parameter, however long. */
export function theseContacts(ids: readonly string[]): Whose {
  return (contactId) => sql`${contactId} = any(${sql.param([...ids])}::uuid[])`
}

const SOFT_OF_COUNTED = sql`soft_credits s join gifts on gifts.workspace_id = s.workspace_id and gifts.id = s.gift_id
  and ${counted}`

/** What the ledger says should stand in `contact_rollups`: the columns of that table but for the workspace. */
export function rollupTruth(whose: Whose): SQL {
  return sql`
    with entries as materialized (
      select contact_id, given_on, id, ${inMoney} as money, thanks_due and thanked_at is null as due
      from gifts where ${counted} and ${whose(sql`gifts.contact_id`)}),
    gaps as (
      select contact_id, given_on - lag(given_on) over (partition by contact_id order by given_on) as gap
      from (select distinct contact_id, given_on from entries where money) d),
    rhythm as (
      select contact_id, count(*)::int as days,
        case when count(*) >= 3 then round(percentile_cont(0.5) within group (order by gap)::numeric, 1) end as median
      from gaps group by contact_id),
    own as (
      select contact_id, count(*) filter (where money)::int as gifts, min(given_on) filter (where money) as first_on,
        max(given_on) filter (where money) as last_on,
        (array_agg(id order by given_on desc, id desc) filter (where money))[1] as last_id,
        count(*) filter (where not money)::int as in_kind, count(*) filter (where due)::int as due
      from entries group by contact_id),
    soft as (
      select s.contact_id, count(*)::int as credits from ${SOFT_OF_COUNTED}
      where ${whose(sql`s.contact_id`)} group by s.contact_id)
    select contact_id, coalesce(gifts, 0) as gifts, coalesce(days, 0) as gift_days, first_on as first_gift_on,
      last_on as last_gift_on, last_id as last_gift_id, median as median_gap, coalesce(in_kind, 0) as in_kind,
      coalesce(credits, 0) as soft_credits, coalesce(due, 0) as thanks_due
    from own full join soft using (contact_id) left join rhythm using (contact_id)`
}

/** The same for `contact_sums`. A soft credit is at most what is left of its gift. */
export function sumTruth(whose: Whose): SQL {
  return sql`
    select contact_id, currency, sum(gifts)::int as gifts, sum(total)::bigint as total,
      sum(in_kind_total)::bigint as in_kind_total, sum(soft_total)::bigint as soft_total
    from (
      select contact_id, currency, ${inMoney}::int as gifts, case when ${inMoney} then ${net} else 0 end as total,
        case when ${inMoney} then 0 else ${net} end as in_kind_total, 0 as soft_total
      from gifts where ${counted} and ${whose(sql`gifts.contact_id`)}
      union all
      select s.contact_id, gifts.currency, 0, 0, 0, least(s.amount, ${net}) from ${SOFT_OF_COUNTED}
      where ${whose(sql`s.contact_id`)}) parts
    group by contact_id, currency`
}
