import { inArray, sql } from 'drizzle-orm'
import { notifyPages } from '@/db/notify-pages'
import { newId } from '@/kernel/ids'
import { type NewSignal, recordSignals, type SignalScope } from '@/notifications/signals/record-signal'
import { findLadders } from '../prices/find-ladders'
import type { ShownLadder } from '../prices/schema'
import { watches, watchSearches } from '../watches/table'
import type { FoundEvent, WatchNews } from './match-listings'
import { comeApart } from './rules-events'
import { cheapestFirst, type ListingFacts, linesOf, listingFacts, listingLine } from './rules-facts'
import { matches } from './table'

/** Where the news come from, for the words and for keys that never repeat. */
export type NewsSource = {
  readonly source: string
  readonly sourceName: string
  readonly url: string
  /** One scan records once, so its claim names what it combines. */
  readonly claimId: string
  /** Paged down to known ground: a baseline is whole, a pause is over. */
  readonly complete: boolean
}

/** Writes one workspace's share of a scan: matches, told levels, signals with their deliveries, and the watches' state. */
export async function writeMatches(scope: SignalScope, from: NewsSource, news: readonly WatchNews[]): Promise<void> {
  const stored = await insertMatches(scope, news)
  const telling = { ...scope, ladders: await findNewLadders(scope, stored) }
  await recordSignals(
    scope,
    stored.flatMap((one) => (one.watch.notify ? signalsOf(telling, from, one) : [])),
  )
  await writeTold(scope, stored)
  await settleWatches(scope, from, stored)
  for (const { watch, events } of stored) {
    if (events.length > 0) await notifyPages(scope.db, scope.workspaceId, 'matches', watch.watchId)
  }
}

/** With how often each new advert was listed before. */
type TellingScope = SignalScope & { readonly ladders: ReadonlyMap<string, ShownLadder> }

/** A baseline names none of its adverts but the cheapest, so it is not asked. */
function findNewLadders(scope: SignalScope, news: readonly StoredNews[]): Promise<TellingScope['ladders']> {
  const told = news.filter(({ joining, watch }) => !joining && watch.notify).flatMap(({ events }) => events)
  const listings = new Map(told.map(({ listing }) => [listing.id, listing]))
  return findLadders(scope.db, [...listings.values()], scope.now)
}

type StoredEvent = FoundEvent & { readonly matchId: string }
type StoredNews = Omit<WatchNews, 'events'> & { readonly events: readonly StoredEvent[] }

/**
 * New matches in one statement. What another scan of the watch has matched meanwhile is its news, not ours; a baseline
 * counts it all the same.
 */
async function insertMatches(scope: SignalScope, news: readonly WatchNews[]): Promise<readonly StoredNews[]> {
  const named = news.map((one) => ({
    ...one,
    events: one.events.map((found) => ({ ...found, matchId: found.matchId ?? newId() })),
  }))
  const rows = named.flatMap(({ watch, events }) => events.flatMap((found) => newMatch(scope, watch.watchId, found)))
  if (rows.length === 0) return named
  const inserted = await scope.db
    .insert(matches)
    .values(rows)
    .onConflictDoNothing({ target: [matches.watchId, matches.listingId] })
    .returning({ id: matches.id })
  const lost = new Set(rows.map((row) => row.id))
  for (const { id } of inserted) lost.delete(id)
  return named.map((one) =>
    one.joining ? one : { ...one, events: one.events.filter(({ matchId }) => !lost.has(matchId)) },
  )
}

function newMatch(scope: SignalScope, watchId: string, { event, matchId }: StoredEvent) {
  const reasons = 'reasons' in event ? event.reasons : null
  if (reasons === null) return []
  const { workspaceId, now } = scope
  const baseline = event.kind === 'baseline'
  return [{ id: matchId, workspaceId, watchId, listingId: event.listingId, reasons, baseline, matchedAt: now }]
}

function signalsOf(scope: TellingScope, from: NewsSource, news: StoredNews): readonly NewSignal[] {
  if (news.joining) return from.complete ? [baselineSignal(from, news)] : []
  const told = news.events
  if (told.length === 0) return []
  if (comeApart(told.length, news.returning)) return told.map((found) => listingSignal(scope, news, found))
  return [manySignal(from, news)]
}

function baselineSignal(from: NewsSource, { watch, events }: StoredNews): NewSignal {
  const listings = cheapestFirst(events.map(({ listing }) => listing))
  const cheapest = listings.find((listing) => listing.amount !== null)
  return {
    kind: 'watch.baseline',
    dedupeKey: `baseline:${watch.watchSearchId}`,
    subjectId: watch.watchId,
    watchId: watch.watchId,
    channelIds: watch.channelIds,
    facts: {
      watchName: watch.name,
      source: from.source,
      sourceName: from.sourceName,
      url: from.url,
      count: events.length,
      cheapest: cheapest ? listingLine(cheapest) : null,
      photos: linesOf(listings).photos,
    },
  }
}

function listingSignal(scope: TellingScope, { watch }: StoredNews, found: StoredEvent): NewSignal {
  const { event, listing, matchId } = found
  const drop = event.kind === 'drop' ? event.drop : null
  const ladder = scope.ladders.get(listing.id)
  const facts: ListingFacts = { ...listingFacts(watch.name, listing, drop, scope.now), ...(ladder && { ladder }) }
  return {
    kind: KINDS[event.kind],
    dedupeKey: keyOf(watch.watchId, event),
    subjectId: matchId,
    watchId: watch.watchId,
    channelIds: watch.channelIds,
    facts,
  }
}

const KINDS = {
  baseline: 'listing.new',
  there: 'listing.new',
  new: 'listing.new',
  drop: 'listing.price_drop',
  again: 'listing.reappeared',
} as const

/** The same event has the same key for ever: a drop is named by its observation, a return by its disappearance. */
function keyOf(watchId: string, event: FoundEvent['event']): string {
  const subject = `${watchId}:${event.listingId}`
  if (event.kind === 'drop') return `drop:${subject}:${event.at.toISOString()}`
  if (event.kind === 'again') return `again:${subject}:${event.wasGoneAt.toISOString()}`
  return `new:${subject}`
}

function manySignal(from: NewsSource, { watch, events, returning }: StoredNews): NewSignal {
  const count = (kind: FoundEvent['event']['kind']) => events.filter(({ event }) => event.kind === kind).length
  return {
    kind: 'listing.many',
    dedupeKey: `many:${watch.watchSearchId}:${from.claimId}`,
    subjectId: watch.watchId,
    watchId: watch.watchId,
    channelIds: watch.channelIds,
    facts: {
      watchName: watch.name,
      count: events.length,
      fresh: count('new'),
      cheaper: count('drop'),
      again: count('again'),
      returning,
      ...linesOf(events.map(({ listing }) => listing)),
    },
  }
}

/** The level that was told: the hysteresis of the next drop. A silent watch has told nothing. */
async function writeTold({ db }: SignalScope, news: readonly StoredNews[]): Promise<void> {
  const rows = news
    .filter(({ watch }) => watch.notify)
    .flatMap(({ events }) => events)
    .flatMap(({ event, matchId }) => (event.kind === 'drop' ? [toldRow(matchId, event)] : []))
  if (rows.length === 0) return
  await db.execute(sql`
    update matches m set told_amount = r.told_amount, before_amount = r.before_amount,
      told_currency = r.told_currency, told_at = r.told_at
    from jsonb_populate_recordset(null::matches, ${JSON.stringify(rows)}::jsonb) r where m.id = r.id`)
}

function toldRow(id: string, { drop, at }: Extract<FoundEvent['event'], { kind: 'drop' }>) {
  return {
    id,
    told_amount: drop.now.amount.toString(),
    before_amount: drop.before.amount.toString(),
    told_currency: drop.now.currency,
    told_at: at,
  }
}

async function settleWatches(scope: SignalScope, { complete }: NewsSource, news: readonly StoredNews[]): Promise<void> {
  const settled = complete ? news.filter((one) => one.joining || one.returning) : []
  if (settled.length > 0) {
    await scope.db
      .update(watchSearches)
      .set({ baselineAt: sql`coalesce(baseline_at, ${scope.now.toISOString()})`, quietSince: null })
      .where(
        inArray(
          watchSearches.id,
          settled.map(({ watch }) => watch.watchSearchId),
        ),
      )
  }
  const found = news.filter(({ events }) => events.some(({ event }) => event.kind === 'new' || event.kind === 'drop'))
  if (found.length === 0) return
  await scope.db
    .update(watches)
    .set({ lastMatchAt: scope.now })
    .where(
      inArray(
        watches.id,
        found.map(({ watch }) => watch.watchId),
      ),
    )
}
