import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { addDays, momentOf } from '@/kernel/dates'
import type { Week } from '@/notifications/weekly-part'
import { findComparables } from '../prices/queries'
import { troubleOf } from '../searches/rules-health'
import { searches } from '../searches/table'
import { siteNameOf } from '../sources/registry'
import { watches, watchSearches } from '../watches/table'
import type { BrokenRow, DealRow, DropRow, WeekAdvert, WeekOfBargains } from './rules-week'
import { BEST_DEAL, LISTED } from './rules-week'

/** The moments between which a week lies, as ISO texts: `until` is the first one after it. */
type Between = { readonly since: string; readonly until: string }

/** What watches found in a week, for the weekly summary; null where there is nothing to say, or the reader may not see it. */
export async function gatherWeek(ctx: Ctx, { from, to, timeZone }: Week): Promise<WeekOfBargains | null> {
  if (ctx.actor.kind !== 'job' && !may(ctx.actor.role, 'watches.read')) return null
  requirePermission(ctx, 'watches.read')
  const since = momentOf(from, 0, timeZone).toISOString()
  const week = { since, until: momentOf(addDays(to, 1), 0, timeZone).toISOString() }
  const [fresh, drops] = [await freshOf(ctx, week), await dropsOf(ctx, week)]
  const [deals, broken] = [await dealsOf(ctx, week), await brokenOf(ctx)]
  const found = fresh.count + drops.count + deals.length + broken.length
  return found === 0 ? null : { fresh, drops, deals, broken }
}

const ADVERT = sql`m.id as "matchId", m.watch_id as "watchId", l.title, l.price_kind as kind, l.amount::text as amount, l.currency`
const LIVE = sql`matches m join watches w on w.id = m.watch_id and w.deleted_at is null join listings l on l.id = m.listing_id`

/** New in the week, and not what was there when the watch began. */
async function freshOf(ctx: Ctx, { since, until }: Between): Promise<WeekOfBargains['fresh']> {
  const rows = await ctx.db.execute<WeekAdvert & { count: number }>(sql`
    select ${ADVERT}, (count(*) over ())::int as count from ${LIVE}
    where m.workspace_id = ${ctx.workspaceId} and m.matched_at >= ${since} and m.matched_at < ${until}
      and not m.baseline and m.state <> 'ignored'
    order by m.matched_at desc, m.id limit ${LISTED}`)
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _, ...row }) => row) }
}

/**
 * Still there and cheaper than when the week began, or than when they were first seen in it, by as much as their watch tells:
 * one currency with itself. The largest drop first; an advert of two watches counts once.
 */
async function dropsOf(ctx: Ctx, { since, until }: Between): Promise<WeekOfBargains['drops']> {
  const priced = sql`from observations o where o.listing_id = l.id and o.price_kind = 'fixed' and o.currency = l.currency`
  const rows = await ctx.db.execute<DropRow & { count: number }>(sql`
    with dropped as (
      select distinct on (l.id) ${ADVERT}, b.amount as before, l.amount as now from ${LIVE}
      cross join lateral (select coalesce(
        (select o.amount ${priced} and o.seen_at < ${since} order by o.seen_at desc limit 1),
        (select o.amount ${priced} and o.seen_at >= ${since} order by o.seen_at limit 1)) as amount) b
      where m.workspace_id = ${ctx.workspaceId} and m.state <> 'ignored' and l.gone_at is null and l.price_kind = 'fixed'
        and l.last_seen_at >= ${since}
        and exists (select ${priced} and o.seen_at >= ${since} and o.seen_at < ${until} and o.amount = l.amount)
        and ((b.amount - l.amount) * 100 >= w.drop_percent * b.amount or b.amount - l.amount >= w.drop_amount)
        and l.amount < b.amount
      order by l.id, m.id)
    select "matchId", "watchId", title, kind, amount, currency, before::text as before, (count(*) over ())::int as count
    from dropped order by (before - now)::numeric / before desc, "matchId" limit ${LISTED}`)
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _, ...row }) => row) }
}

/** Looked at for each watch and currency: no other can be a better deal than the cheapest. */
const CHEAPEST = 2
const MOST_LOOKED_AT = 60

/** RULES "Deal score" of the week's new matches that are still there: those cheaper than three in four of their like. */
async function dealsOf(ctx: Ctx, { since, until }: Between): Promise<readonly DealRow[]> {
  const rows = await ctx.db.execute<WeekAdvert>(sql`
    select "matchId", "watchId", title, kind, amount, currency from (
      select ${ADVERT}, row_number() over (partition by m.watch_id, l.currency order by l.amount, m.id) as place from ${LIVE}
      where m.workspace_id = ${ctx.workspaceId} and m.matched_at >= ${since} and m.matched_at < ${until}
        and not m.baseline and m.state <> 'ignored' and l.gone_at is null and l.price_kind = 'fixed') x
    where place <= ${CHEAPEST} order by place, "matchId" limit ${MOST_LOOKED_AT}`)
  const deals: DealRow[] = []
  for (const row of rows) {
    const amount = row.amount === null ? null : BigInt(row.amount)
    const like = await findComparables(ctx, { ...row, amount })
    if (like === null || like.cheaperThan === null || like.cheaperThan < BEST_DEAL) continue
    deals.push({ ...row, cheaperThan: like.cheaperThan, among: like.count, median: like.median })
  }
  return deals.toSorted((a, b) => b.cheaperThan - a.cheaperThan).slice(0, LISTED)
}

/** Searches of running watches that cannot be read now, each with the watches that use it. */
async function brokenOf(ctx: Ctx): Promise<readonly BrokenRow[]> {
  const rows = await ctx.db
    .select({ search: searches, watchId: watches.id, watchName: watches.name })
    .from(watchSearches)
    .innerJoin(watches, eq(watches.id, watchSearches.watchId))
    .innerJoin(searches, eq(searches.id, watchSearches.searchId))
    .where(and(isNull(watches.deletedAt), isNull(watches.pausedAt), isNotNull(searches.troubleSince)))
    .orderBy(searches.troubleSince, watches.createdAt)
  const bySearch = Map.groupBy(rows, ({ search }) => search.id)
  return [...bySearch.values()].flatMap((own) => own.slice(0, 1).flatMap((row) => describeBroken(row, own)))
}

type SearchRow = { search: typeof searches.$inferSelect; watchId: string; watchName: string }

function describeBroken({ search, watchId }: SearchRow, own: readonly SearchRow[]): readonly BrokenRow[] {
  const trouble = troubleOf(search)
  if (trouble === null || search.troubleSince === null) return []
  const sourceName = siteNameOf(search.source, search.url)
  const since = search.troubleSince.toISOString()
  return [{ watchId, watchNames: own.map(({ watchName }) => watchName), sourceName, trouble, since }]
}
