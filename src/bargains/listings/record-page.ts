import { and, eq, sql } from 'drizzle-orm'
import type { JobEvent } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'
import { matchListings, type WatchNews } from '../matches/match-listings'
import { type NewsSource, writeMatches } from '../matches/write-matches'
import { linkListings } from '../prices/link-listings'
import type { ClaimedSearch } from '../searches/claim-searches'
import type { Reading } from '../searches/judge-page'
import { restSwitchedOff } from '../searches/keep-schedule'
import { findLiveWatches, type LiveWatch } from '../searches/queries'
import { isGood, nextDue, type ReadVerdict } from '../searches/rules'
import { afterRead, type Telling } from '../searches/rules-health'
import { searches } from '../searches/table'
import { tellHealth } from '../searches/tell-health'
import { siteNameOf } from '../sources/registry'
import { watchSearches } from '../watches/table'
import { storeListings } from './store-listings'
import { openScope, sendNudges } from './write-news'

export type Recorded = {
  /** False: another scan had taken the search over, and nothing was written. */
  readonly written: boolean
  readonly nextDueAt: Date | null
}

/**
 * Records what a scan read, all in one transaction: listings and observations, matches, signals and deliveries of each
 * workspace in turn, the search's health and when it is due again. A page that is not good touches no listing.
 */
export async function recordPage(deps: BargainsDeps, search: ClaimedSearch, reading: Reading): Promise<Recorded> {
  const events: JobEvent[] = []
  deps.log.debug({ searchId: search.id, items: reading.items.length }, 'page recording')
  const recorded = await withSystem(deps.db, 'record page', (tx) => record(deps, tx, search, reading, events))
  deps.log.debug({ searchId: search.id, ...recorded }, 'page recorded')
  await sendNudges(deps, events)
  return recorded
}

async function record(
  deps: BargainsDeps,
  tx: Transaction,
  search: ClaimedSearch,
  reading: Reading,
  events: JobEvent[],
): Promise<Recorded> {
  if (!(await holdsClaim(tx, search))) return { written: false, nextDueAt: null }
  const watches = await findLiveWatches(tx, eq(watchSearches.searchId, search.id))
  await restSwitchedOff(tx, reading.readAt, search.id)
  const news = await newsOf(tx, search, reading, watches)
  const { nextDueAt, telling } = await updateSearch(deps, tx, search, reading, watches)
  const scoped = { tx, search, reading, nextDueAt, telling, events }
  await writeWorkspaces(scoped, watches, news)
  for (const id of new Set(watches.map((watch) => watch.workspaceId))) await notifyPages(tx, id, 'watches')
  return { written: true, nextDueAt }
}

async function holdsClaim(tx: Transaction, search: ClaimedSearch): Promise<boolean> {
  const rows = await tx.select({ id: searches.id }).from(searches).where(isOurs(search)).for('update')
  return rows.length > 0
}

function isOurs(search: ClaimedSearch) {
  return and(eq(searches.id, search.id), eq(searches.claimId, search.claimId))
}

async function newsOf(
  tx: Transaction,
  search: ClaimedSearch,
  reading: Reading,
  watches: readonly LiveWatch[],
): Promise<readonly WatchNews[]> {
  if (!isGood(reading.verdict) || reading.unmodified) return []
  const look = { source: search.source, searchId: search.id, at: reading.readAt }
  const seen = await storeListings(tx, look, reading.items)
  await linkListings(
    tx,
    seen.filter(({ judged }) => judged.isNew).map(({ listing }) => listing.id),
    reading.readAt,
    'seller',
  )
  return matchListings(tx, { searchId: search.id, at: reading.readAt, watches, seen })
}

/** "Not modified" is the good page of before. */
function verdictOf(search: ClaimedSearch, reading: Reading): ReadVerdict {
  const before = search.health
  return reading.unmodified && before !== 'new' && isGood(before) ? before : reading.verdict
}

async function updateSearch(
  deps: BargainsDeps,
  tx: Transaction,
  search: ClaimedSearch,
  reading: Reading,
  watches: readonly LiveWatch[],
): Promise<{ nextDueAt: Date | null; telling: Telling | null }> {
  const { readAt, retryAfter } = reading
  const verdict = verdictOf(search, reading)
  const { health, telling } = afterRead(search, verdict, readAt)
  const intervals = watches.map((watch) => watch.interval)
  const nextDueAt = nextDue(intervals, { verdict, failures: health.failures, retryAfter }, readAt, deps.random())
  await tx
    .update(searches)
    .set({
      ...health,
      healthReason: reading.reason,
      checkedAt: readAt,
      dueAt: dueUnlessAsked(search, nextDueAt),
      claimId: null,
      claimedUntil: null,
      ...(isGood(verdict) ? { okAt: readAt } : {}),
      ...(isGood(verdict) && !reading.unmodified ? knownOf(search, reading) : {}),
    })
    .where(isOurs(search))
  return { nextDueAt, telling }
}

/**
 * Somebody asked for a scan while this one was under way (a new watch, "scan now"): that stays due. Compared by the
 * millisecond, which is all that came back of the column: else a due time of SQL's would be scanned without end.
 */
function dueUnlessAsked(search: ClaimedSearch, next: Date | null) {
  const claimedDue = search.dueAt?.toISOString() ?? null
  const wanted = next?.toISOString() ?? null
  return sql`case when date_trunc('milliseconds', due_at) is distinct from ${claimedDue}::timestamptz then due_at else ${wanted}::timestamptz end`
}

/** After a read that broke off, what was known at the last whole one is the ground to page down to. */
function knownOf(search: ClaimedSearch, reading: Reading) {
  const { etag, lastModified, items, complete, readAt } = reading
  const gapSince = complete ? null : (search.gapSince ?? search.okAt ?? new Date(readAt.getTime() - 1))
  return { etag, lastModified, total: reading.total ?? items.length, gapSince }
}

type Scoped = {
  readonly tx: Transaction
  readonly search: ClaimedSearch
  readonly reading: Reading
  readonly nextDueAt: Date | null
  readonly telling: Telling | null
  readonly events: JobEvent[]
}

async function writeWorkspaces(scoped: Scoped, watches: readonly LiveWatch[], news: readonly WatchNews[]) {
  const settling = news.filter((one) => one.joining || one.returning || one.events.length > 0)
  const told = scoped.telling === null ? [] : watches
  const ids = new Set([...settling.map(({ watch }) => watch.workspaceId), ...told.map((watch) => watch.workspaceId)])
  for (const workspaceId of [...ids].sort()) {
    const scope = await openScope({ ...scoped, at: scoped.reading.readAt }, workspaceId)
    const own = settling.filter(({ watch }) => watch.workspaceId === workspaceId)
    if (own.length > 0) await writeMatches(scope, newsSource(scoped), own)
    if (scoped.telling === null) continue
    const concerned = told.filter((watch) => watch.workspaceId === workspaceId)
    await tellHealth(scope, sickSearch(scoped), scoped.telling, concerned)
  }
}

function newsSource({ search, reading }: Scoped): NewsSource {
  const { source, url, claimId } = search
  return { source, sourceName: siteNameOf(source, url), url, claimId, complete: reading.complete }
}

function sickSearch({ search, reading, nextDueAt }: Scoped) {
  const { id, source, url } = search
  return {
    searchId: id,
    source,
    sourceName: siteNameOf(source, url),
    url,
    nextTryAt: nextDueAt,
    reason: reading.reason,
  }
}
