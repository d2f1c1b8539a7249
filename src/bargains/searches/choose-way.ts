import { eq, sql } from 'drizzle-orm'
import { afterWay, goesOn, type WayOutcome, type WayRecord, type WayRecords, waysToTry } from '@/http/rules-ways'
import { hosts } from '@/http/table'
import type { BargainsDeps } from '../deps'
import type { SearchRow } from './claim-searches'
import { isGood, type ReadVerdict } from './rules'
import { type OwnWay, waysThere } from './rules-ways'
import { searches } from './table'

export type WayDeps = Pick<BargainsDeps, 'db' | 'clock' | 'browser'>

/** Whose page is read: a search, an advert, or a link before it is either. */
export type WaySubject = {
  readonly host: string
  /** The same page at the site's API, where that is known. */
  readonly apiUrl: string | null
  /** How its own ways went; those of its host count besides. */
  readonly ways: WayRecords
  readonly chosenWay: OwnWay | null
}

/** The ways to try now, the politest first, and what is known of each. */
export type OpenWays = { readonly ways: readonly OwnWay[]; readonly records: readonly WayRecords[] }

/** The chosen way where it is there, else those that are not let alone. Never none. */
export async function openWays(deps: WayDeps, subject: WaySubject): Promise<OpenWays> {
  const records = [subject.ways, await findHostWays(deps, subject.host)]
  const there = waysThere({ api: subject.apiUrl !== null, browser: deps.browser?.isThere() ?? false })
  const chosen = there.filter((way) => way === subject.chosenWay)
  return { ways: chosen.length > 0 ? chosen : waysToTry(there, records, deps.clock().getTime()), records }
}

/**
 * Reads by one way after the other, as long as each is refused and going on is right: the outcome of the first that is not
 * refused, else that of the first of all. `verdictOf` is null where nothing was read.
 */
export async function readByWays<Outcome extends { readonly kind: string }>(
  { ways, records }: OpenWays,
  read: (way: OwnWay) => Promise<Outcome>,
  verdictOf: (outcome: Outcome) => ReadVerdict | null,
): Promise<Outcome> {
  let first: Outcome | null = null
  for (const [place, way] of ways.entries()) {
    const outcome = await read(way)
    const verdict = verdictOf(outcome)
    if (verdict === null || isGood(verdict)) return first && outcome.kind === 'wait' ? first : outcome
    first ??= outcome
    // What robots.txt forbids is not read around it; of the API's address it may say something else.
    const on =
      (verdict === 'forbidden' && way !== 'plain') || (verdict === 'blocked' && goesOn(way, ways[place + 1], records))
    if (!on) break
  }
  if (!first) throw new Error('no way to go')
  return first
}

/** Records how a way went, for the search, and for its host where the host itself refused or answered. */
export async function noteWay(deps: WayDeps, search: SearchRow, way: OwnWay, verdict: ReadVerdict): Promise<void> {
  const outcome = outcomeOf(search, way, verdict)
  const own = afterWay(search.ways[way], outcome, verdict, deps.clock().getTime())
  if (isNews(search.ways[way], own))
    await deps.db
      .update(searches)
      .set({ ways: withWay(searches.ways, way, own) })
      .where(eq(searches.id, search.id))
  if (verdict !== 'changed') await noteHostWay(deps, search.host, way, verdict)
}

/** Records how a way to a host went, where the host itself refused or answered. */
async function noteHostWay(deps: WayDeps, host: string, way: OwnWay, verdict: ReadVerdict): Promise<void> {
  const refused = verdict === 'blocked'
  if (!refused && !isGood(verdict)) return
  const before = (await findHostWays(deps, host))[way]
  const after = afterWay(before, refused ? 'refused' : 'good', verdict, deps.clock().getTime())
  if (!isNews(before, after)) return
  await deps.db
    .update(hosts)
    .set({ ways: withWay(hosts.ways, way, after) })
    .where(eq(hosts.host, host))
}

/**
 * Records that a way brought one page, an advert's or that of a link which is only looked at. A refusal of one such page says
 * nothing of the searches there: a site may guard its adverts alone.
 */
export async function noteGoodWay(deps: WayDeps, host: string, way: OwnWay, verdict: ReadVerdict): Promise<void> {
  if (isGood(verdict)) await noteHostWay(deps, host, way, verdict)
}

async function findHostWays({ db }: WayDeps, host: string): Promise<WayRecords> {
  const [row] = await db.select({ ways: hosts.ways }).from(hosts).where(eq(hosts.host, host))
  return row?.ways ?? {}
}

/**
 * A refusal; or a page that cannot be read where this way never brought one that can: such a page may be made by scripts,
 * which only a browser runs.
 */
function outcomeOf(search: SearchRow, way: OwnWay, verdict: ReadVerdict): WayOutcome {
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
export async function noteApi(deps: WayDeps, search: SearchRow, apiUrl: string | null): Promise<void> {
  if (apiUrl === null || apiUrl === search.apiUrl) return
  await deps.db.update(searches).set({ apiUrl }).where(eq(searches.id, search.id))
}
