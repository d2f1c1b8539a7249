import { eq, sql } from 'drizzle-orm'
import { afterWay, type WayOutcome, type WayRecord, type WayRecords, waysToTry } from '@/http/rules-ways'
import { hosts } from '@/http/table'
import type { BargainsDeps } from '../deps'
import type { SearchRow } from './claim-searches'
import type { Reading } from './judge-page'
import { isGood } from './rules'
import type { OwnWay } from './rules-ways'
import { searches } from './table'

/** The ways to try now, the politest first, and what is known of each. */
export type OpenWays = { readonly ways: readonly OwnWay[]; readonly records: readonly WayRecords[] }

/** Ways that there are for a search: its page, the site's API where a page said it, a browser where there is one. */
export async function openWays(deps: BargainsDeps, search: SearchRow): Promise<OpenWays> {
  const [host] = await deps.db.select({ ways: hosts.ways }).from(hosts).where(eq(hosts.host, search.host))
  const records = [search.ways, host?.ways ?? {}]
  const there: readonly OwnWay[] = [
    'plain',
    ...(search.apiUrl === null ? [] : (['api'] as const)),
    ...(deps.browser?.isThere() ? (['browser'] as const) : []),
  ]
  return { ways: waysToTry(there, records, deps.clock().getTime()), records }
}

/** Records how a way went, for the search, and for its host where the host itself refused or answered. */
export async function noteWay(deps: BargainsDeps, search: SearchRow, way: OwnWay, reading: Reading): Promise<void> {
  const outcome = outcomeOf(search, way, reading)
  const now = deps.clock().getTime()
  const own = afterWay(search.ways[way], outcome, reading.verdict, now)
  if (isNews(search.ways[way], own))
    await deps.db
      .update(searches)
      .set({ ways: withWay(searches.ways, way, own) })
      .where(eq(searches.id, search.id))
  if (outcome === 'unclear' || reading.verdict === 'changed') return
  const [host] = await deps.db.select({ ways: hosts.ways }).from(hosts).where(eq(hosts.host, search.host))
  const common = afterWay(host?.ways[way], outcome, reading.verdict, now)
  if (!isNews(host?.ways[way], common)) return
  await deps.db
    .update(hosts)
    .set({ ways: withWay(hosts.ways, way, common) })
    .where(eq(hosts.host, search.host))
}

/**
 * A refusal; or a page that cannot be read where this way never brought one that can: such a page may be made by scripts,
 * which only a browser runs.
 */
function outcomeOf(search: SearchRow, way: OwnWay, { verdict }: Reading): WayOutcome {
  if (isGood(verdict)) return 'good'
  const neverRead = verdict === 'changed' && search.okAt === null && (search.ways[way]?.okAt ?? null) === null
  return verdict === 'blocked' || neverRead ? 'refused' : 'unclear'
}

const HOUR = 3_600_000

/** A way that goes well every ten minutes need not be written every ten minutes. */
function isNews(before: WayRecord | undefined, after: WayRecord): boolean {
  if (!before || before.verdict !== after.verdict || before.refusals !== after.refusals) return true
  return before.restsUntil !== after.restsUntil || after.at - before.at >= HOUR
}

function withWay(column: typeof searches.ways | typeof hosts.ways, way: OwnWay, record: WayRecord) {
  return sql`${column} || ${JSON.stringify({ [way]: record })}::jsonb`
}

/** Keeps the address of the same search at the site's API, as a page of it said. */
export async function noteApi(deps: BargainsDeps, search: SearchRow, apiUrl: string | null): Promise<void> {
  if (apiUrl === null || apiUrl === search.apiUrl) return
  await deps.db.update(searches).set({ apiUrl }).where(eq(searches.id, search.id))
}
