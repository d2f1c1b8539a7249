import { sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { findWatch } from '../watches/queries'
import { compareAmounts, dealScore } from './rules-comparables'
import type { ShownComparables, ShownPrices } from './schema'

const DAYS = 60
const MOST_DROPS = 50
const COMPARED_DAYS = 90
/** A median needs no more, and opening an advert must stay quick. */
const MOST_COMPARED = 1000

/** What a watch's matches cost: at the end of each of the last 60 days, now, and where they became cheaper. */
export async function showPrices(ctx: Ctx, watchId: string): Promise<ShownPrices> {
  requirePermission(ctx, 'watches.read')
  await findWatch(ctx, watchId)
  const currency = await findCurrency(ctx, watchId)
  const drops = await findDrops(ctx, watchId)
  if (currency === null) return { currency, days: [], now: null, drops }
  return { currency, days: await findDays(ctx, watchId, currency), now: await findNow(ctx, watchId, currency), drops }
}

export type Compared = {
  readonly matchId: string
  readonly watchId: string
  readonly currency: string | null
  /** What it asks itself, in minor units. */
  readonly amount: bigint | null
}

/** What the other adverts of the watch ask that were on the market in the last 90 days; null where they are too few. */
export async function findComparables(ctx: Ctx, compared: Compared): Promise<ShownComparables> {
  const { matchId, watchId, currency, amount } = compared
  const since = new Date(ctx.now.getTime() - COMPARED_DAYS * 86_400_000).toISOString()
  const rows = await ctx.db.execute<{ amount: string }>(sql`
    select l.amount::text as amount from matches m join listings l on l.id = m.listing_id
    where m.watch_id = ${watchId} and m.id <> ${matchId} and m.state <> 'ignored' and l.price_kind = 'fixed'
      and l.currency = ${currency} and l.last_seen_at >= ${since}
    order by l.last_seen_at desc limit ${MOST_COMPARED}`)
  const others = rows.map((row) => BigInt(row.amount))
  const found = compareAmounts(others)
  if (!found) return null
  const { low, median, high, count } = found
  const cheaperThan = amount === null ? null : dealScore(others, amount)
  return { low: low.toString(), median: median.toString(), high: high.toString(), count, cheaperThan }
}

/** Currencies are never mixed: the one that most matches have counts. */
async function findCurrency(ctx: Ctx, watchId: string): Promise<string | null> {
  const rows = await ctx.db.execute<{ currency: string }>(sql`
    select l.currency from matches m join listings l on l.id = m.listing_id
    where m.watch_id = ${watchId} and m.state <> 'ignored' and l.currency is not null
    group by 1 order by count(*) desc, 1 limit 1`)
  return rows[0]?.currency ?? null
}

/**
 * Lowest, median and highest price of what was on the market when each day of the workspace's zone ended (today: now).
 * The median is a price that was really asked: the lower one of the two in the middle (`percentile_disc`).
 */
async function findDays(ctx: Ctx, watchId: string, currency: string): Promise<ShownPrices['days']> {
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const rows = await ctx.db.execute<ShownPrices['days'][number]>(sql`
    with ends as materialized (
      select d::date as day, least(((d::date + 1)::timestamp at time zone w.time_zone), ${now}) as at
      from workspaces w, generate_series((${now} at time zone w.time_zone)::date - ${DAYS - 1}::int,
        (${now} at time zone w.time_zone)::date, interval '1 day') d
      where w.id = ${ctx.workspaceId}),
    points as materialized (
      select o.*, lead(o.seen_at, 1, 'infinity') over (partition by o.listing_id order by o.seen_at) as until
      from matches m join observations o on o.listing_id = m.listing_id
      where m.watch_id = ${watchId} and m.state <> 'ignored'),
    asked as (
      select e.day, p.amount from ends e join points p on p.seen_at <= e.at and p.until > e.at
      where p.state = 'open' and p.price_kind = 'fixed' and p.currency = ${currency})
    select day::text as day, min(amount)::text as lowest, max(amount)::text as highest, count(*)::int as count,
      (percentile_disc(0.5) within group (order by amount))::text as median
    from asked group by 1 order by 1`)
  return [...rows]
}

async function findNow(ctx: Ctx, watchId: string, currency: string): Promise<ShownPrices['now']> {
  const [row] = await ctx.db.execute<NonNullable<ShownPrices['now']>>(sql`
    select min(l.amount)::text as lowest, max(l.amount)::text as highest, count(*)::int as count,
      (percentile_disc(0.25) within group (order by l.amount))::text as low,
      (percentile_disc(0.5) within group (order by l.amount))::text as median,
      (percentile_disc(0.75) within group (order by l.amount))::text as high
    from matches m join listings l on l.id = m.listing_id
    where m.watch_id = ${watchId} and m.state <> 'ignored' and l.gone_at is null and l.price_kind = 'fixed'
      and l.currency = ${currency}`)
  return row && row.count > 0 ? row : null
}

/** Each fixed price below the one before it in the same currency. */
async function findDrops(ctx: Ctx, watchId: string): Promise<ShownPrices['drops']> {
  const rows = await ctx.db.execute<ShownPrices['drops'][number]>(sql`
    select x.match_id as "matchId", x.title, x.photo, x.before::text as before, x.amount::text as amount, x.currency,
      to_char(x.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (
      select m.id as match_id, l.title, l.photos[1] as photo, o.amount, o.currency, o.seen_at,
        lag(o.amount) over (partition by m.id, o.currency order by o.seen_at) as before
      from matches m join listings l on l.id = m.listing_id
      join observations o on o.listing_id = l.id and o.price_kind = 'fixed'
      where m.watch_id = ${watchId} and m.state <> 'ignored') x
    where x.amount < x.before order by x.seen_at desc, x.match_id limit ${MOST_DROPS}`)
  return [...rows]
}
