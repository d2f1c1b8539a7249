import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { channels } from '@/notifications/channels/table'
import { formFromFilter } from '../matches/rules'
import { matches } from '../matches/table'
import { searches } from '../searches/table'
import { siteNameOf } from '../sources/registry'
import type { ListedWatch, ShownWatch } from './schema'
import { watchChannels, watches, watchSearches } from './table'

const DAYS = 7

/** Every watch, newest first, with its searches' health and what they found of late. */
export async function listWatches(ctx: Ctx): Promise<ListedWatch[]> {
  requirePermission(ctx, 'watches.read')
  const rows = await ctx.db
    .select()
    .from(watches)
    .where(isNull(watches.deletedAt))
    .orderBy(desc(watches.createdAt), desc(watches.id))
  return describeWatches(ctx, rows)
}

/** One watch with all its terms. */
export async function getWatch(ctx: Ctx, id: string): Promise<ShownWatch> {
  const row = await findWatch(ctx, id)
  const [listed] = await describeWatches(ctx, [row])
  if (!listed) throw noWatch()
  const channelRows = await ctx.db
    .select({ channelId: channels.id })
    .from(watchChannels)
    .innerJoin(channels, and(eq(channels.id, watchChannels.channelId), isNull(channels.deletedAt)))
    .where(eq(watchChannels.watchId, id))
  const [found] = await ctx.db.select({ all: count() }).from(matches).where(eq(matches.watchId, id))
  return {
    ...listed,
    filter: row.filter,
    form: formFromFilter(row.filter, listed.searches[0]?.says.currency ?? 'PLN'),
    dropPercent: row.dropPercent,
    dropAmount: row.dropAmount?.toString() ?? null,
    channelIds: channelRows.map((channel) => channel.channelId),
    matchCount: found?.all ?? 0,
  }
}

/** Throws `not_found` for a watch of another workspace and for a deleted one. */
export async function findWatch(ctx: Ctx, id: string): Promise<typeof watches.$inferSelect> {
  requirePermission(ctx, 'watches.read')
  const [row] = await ctx.db
    .select()
    .from(watches)
    .where(and(eq(watches.id, id), isNull(watches.deletedAt)))
  if (!row) throw noWatch()
  return row
}

function noWatch(): AppError {
  return new AppError('not_found', 'no such watch', { reason: 'watch.notFound' })
}

type WatchRow = typeof watches.$inferSelect

async function describeWatches(ctx: Ctx, rows: readonly WatchRow[]): Promise<ListedWatch[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const found = Map.groupBy(await findSearches(ctx, ids), (search) => search.watchId)
  const weeks = await countWeeks(ctx, ids)
  const days = await countDays(ctx, ids)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    interval: row.interval,
    notify: row.notify,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastMatchAt: row.lastMatchAt?.toISOString() ?? null,
    searches: (found.get(row.id) ?? []).map(toSearch),
    ...(days.get(row.id) ?? { newCount: 0, droppedCount: 0 }),
    week: weeks.get(row.id) ?? Array<number>(DAYS).fill(0),
  }))
}

function findSearches(ctx: Ctx, ids: readonly string[]) {
  return ctx.db
    .select({ watchId: watchSearches.watchId, pasted: watchSearches.url, search: searches })
    .from(watchSearches)
    .innerJoin(searches, eq(searches.id, watchSearches.searchId))
    .where(inArray(watchSearches.watchId, [...ids]))
    .orderBy(asc(watchSearches.createdAt), asc(watchSearches.id))
}

function toSearch({
  search,
  pasted,
}: Awaited<ReturnType<typeof findSearches>>[number]): ListedWatch['searches'][number] {
  return {
    id: search.id,
    source: search.source,
    sourceName: siteNameOf(search.source, search.url),
    url: search.url,
    pasted,
    says: search.says,
    health: search.health,
    healthReason: search.healthReason,
    healthSince: search.healthSince?.toISOString() ?? null,
    failures: search.failures,
    checkedAt: search.checkedAt?.toISOString() ?? null,
    dueAt: search.dueAt?.toISOString() ?? null,
    total: search.total,
  }
}

/** Matches a day of the last seven in the workspace's zone, today last. */
async function countWeeks(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, number[]>> {
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const rows = await ctx.db.execute<{ watch: string; age: number; found: number }>(sql`
    select m.watch_id as watch, count(*)::int as found,
      (${now} at time zone w.time_zone)::date - (m.matched_at at time zone w.time_zone)::date as age
    from matches m join workspaces w on w.id = m.workspace_id
    where ${inArray(sql`m.watch_id`, [...ids])} and not m.baseline and m.matched_at > ${now} - interval '8 days'
    group by 1, 3`)
  const weeks = new Map<string, number[]>()
  for (const { watch, age, found } of rows) {
    const week = weeks.get(watch) ?? Array<number>(DAYS).fill(0)
    if (age >= 0 && age < DAYS) week[DAYS - 1 - age] = found
    weeks.set(watch, week)
  }
  return weeks
}

type Day = { readonly newCount: number; readonly droppedCount: number }

/** New matches and told price drops of the last 24 hours. */
async function countDays(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Day>> {
  const since = sql`${ctx.now.toISOString()}::timestamptz - interval '24 hours'`
  const rows = await ctx.db
    .select({
      watchId: matches.watchId,
      newCount: sql<number>`count(*) filter (where not ${matches.baseline} and ${matches.matchedAt} > ${since})::int`,
      droppedCount: sql<number>`count(*) filter (where ${matches.toldAt} > ${since})::int`,
    })
    .from(matches)
    .where(
      and(inArray(matches.watchId, [...ids]), sql`(${matches.matchedAt} > ${since} or ${matches.toldAt} > ${since})`),
    )
    .groupBy(matches.watchId)
  return new Map(rows.map(({ watchId, ...day }) => [watchId, day]))
}
