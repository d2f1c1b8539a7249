import { asc, eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { BrowserWay } from '@/http/browser-way'
import type { WayRecord } from '@/http/rules-ways'
import { hosts } from '@/http/table'
import type { ReadVerdict } from '../searches/rules'
import { kindOf } from '../searches/rules-hours'
import { OWN_WAYS, type OwnWay, waysThere } from '../searches/rules-ways'
import { searches } from '../searches/table'
import { findWatch } from './queries'
import type { SearchWays } from './schema'
import { watchSearches } from './table'

/** The ways to each search of a watch, how they went, and which was chosen. `browser`: that of this installation. */
export async function listWays(ctx: Ctx, id: string, browser: BrowserWay | undefined): Promise<SearchWays[]> {
  await findWatch(ctx, id)
  const rows = await ctx.db
    .select({ search: searches, chosen: watchSearches.way, hostWays: hosts.ways })
    .from(watchSearches)
    .innerJoin(searches, eq(searches.id, watchSearches.searchId))
    .leftJoin(hosts, eq(hosts.host, searches.host))
    .where(eq(watchSearches.watchId, id))
    .orderBy(asc(watchSearches.createdAt), asc(watchSearches.id))
  return rows.map(({ search, chosen, hostWays }) => {
    const there = waysThere({ api: search.apiUrl !== null, browser: browser?.isThere() ?? false })
    const restOf = (way: OwnWay) => Math.max(restsUntil(search.ways[way]), restsUntil(hostWays?.[way]))
    const ways = OWN_WAYS.map((way) => describeWay(way, there.includes(way), search.ways[way], restOf(way), ctx.now))
    return { searchId: search.id, chosen, ways }
  })
}

function restsUntil(record: WayRecord | undefined): number {
  return record?.restsUntil ?? 0
}

function describeWay(
  way: OwnWay,
  there: boolean,
  record: WayRecord | undefined,
  rests: number,
  now: Date,
): SearchWays['ways'][number] {
  return {
    ...{ way, there },
    // Written by choose-way.ts alone.
    went: record ? kindOf(record.verdict as ReadVerdict) : null,
    at: record ? new Date(record.at).toISOString() : null,
    refusals: record?.refusals ?? 0,
    restsUntil: rests > now.getTime() ? new Date(rests).toISOString() : null,
  }
}
