import { and, inArray, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { createPace } from '@/kernel/pace'
import type { Listing, SeenListing } from '../listings/store-listings'
import { observations, searchListings } from '../listings/table'
import { type History, historyOf, type Told } from '../prices/rules'
import { findLiveWatches, type LiveWatch } from '../searches/queries'
import { watchSearches } from '../watches/table'
import { type Found, findMissed, findThere } from './find-shown'
import type { Subject } from './rules-evaluate'
import { type Candidate, judgeCandidate, type MatchEvent } from './rules-events'
import { affordable } from './rules-regex'
import { matches } from './table'

export type FoundEvent = { readonly event: MatchEvent; readonly listing: Listing; readonly matchId: string | null }

/** What a scan has to write and tell for one watch. */
export type WatchNews = {
  readonly watch: LiveWatch
  /** It looks at this search for the first time, or after a pause. */
  readonly joining: boolean
  readonly returning: boolean
  readonly events: readonly FoundEvent[]
}

export type Scanned = {
  /** Null: an advert's own page, or adverts that were handed over. */
  readonly searchId: string | null
  readonly at: Date
  /** Live watches of the search. */
  readonly watches: readonly LiveWatch[]
  readonly seen: readonly SeenListing[]
}

/**
 * Holds what a scan saw against every watch it concerns: those of the search, and for a listing that changed those of
 * every other search that shows it, for they would find it as already known. System scope; writes nothing.
 */
export async function matchListings(tx: Transaction, scanned: Scanned): Promise<readonly WatchNews[]> {
  const asked = [...(await askOwn(tx, scanned)), ...(await askOthers(tx, scanned))]
  const pairs = asked.filter(({ listings: found }) => found.length > 0)
  if (pairs.length === 0)
    return asked.map(({ watch, joining, returning }) => ({ watch, joining, returning, events: [] }))
  const known = await findMatches(tx, pairs)
  const histories = await findHistories(tx, pairs)
  return judgeAll(asked, scanned, { known, histories, subjects: new Map() })
}

/** In turns with the process's other work: many watches may ask much. */
async function judgeAll(asked: readonly Asked[], scanned: Scanned, have: Known): Promise<readonly WatchNews[]> {
  const pace = createPace()
  const news: WatchNews[] = []
  for (const one of asked) {
    const events: FoundEvent[] = []
    for (const found of one.listings) {
      events.push(...judge(one, found, scanned, have))
      await pace()
    }
    news.push({ ...one, events })
  }
  return news
}

type Asked = Omit<WatchNews, 'events'> & { readonly listings: readonly Found[] }

async function askOwn(tx: Transaction, scanned: Scanned): Promise<readonly Asked[]> {
  const { watches, seen } = scanned
  const fresh = seen.filter((one) => one.newToSearch || one.judged.contentChanged || one.judged.reappeared)
  const { searchId } = scanned
  if (searchId === null) return watches.map((watch) => askHanded(watch, seen))
  const there = watches.some(isJoining) ? [...seen, ...(await findThere(tx, searchId, scanned.at, seen))] : []
  const asked: Asked[] = []
  for (const watch of watches) {
    const joining = isJoining(watch)
    const returning = !joining && watch.quietSince !== null
    const missed = returning && watch.quietSince ? await findMissed(tx, searchId, watch.quietSince, fresh) : []
    const listings = joining ? affordableOf(watch, there, seen.length) : [...fresh, ...missed]
    asked.push({ watch, joining, returning, listings })
  }
  return asked
}

/** What was handed over for a watch is all asked: no search has shown it, so that nothing of it is known. */
function askHanded(watch: LiveWatch, seen: readonly SeenListing[]): Asked {
  return { watch, joining: isJoining(watch), returning: watch.quietSince !== null, listings: seen }
}

/** What this scan has seen comes first and is always within: it is known from now on, and must not be news later. */
function affordableOf({ filter }: LiveWatch, there: readonly Found[], seen: number): readonly Found[] {
  const listings = there.map(({ listing }) => listing)
  return there.slice(0, Math.max(seen, affordable(filter, listings).length))
}

function isJoining(watch: LiveWatch): boolean {
  return watch.baselineAt === null
}

/** Steady watches of other searches that show a listing which changed. */
async function askOthers(tx: Transaction, { searchId, seen, watches }: Scanned): Promise<readonly Asked[]> {
  const changed = seen.filter(({ judged }) => !judged.isNew && (judged.contentChanged || judged.reappeared))
  if (changed.length === 0) return []
  const shows = await tx
    .select({ searchId: searchListings.searchId, listingId: searchListings.listingId })
    .from(searchListings)
    .where(
      and(
        inArray(searchListings.listingId, changed.map(idOf)),
        searchId === null ? undefined : ne(searchListings.searchId, searchId),
      ),
    )
  if (shows.length === 0) return []
  const others = await findLiveWatches(
    tx,
    inArray(
      watchSearches.searchId,
      shows.map((show) => show.searchId),
    ),
  )
  const own = new Set(watches.map((watch) => watch.watchId))
  const asked = new Map<string, Asked>()
  for (const watch of others) {
    if (own.has(watch.watchId) || watch.baselineAt === null || watch.quietSince !== null) continue
    const shown = new Set(shows.filter((show) => show.searchId === watch.searchId).map((show) => show.listingId))
    const earlier = asked.get(watch.watchId)?.listings ?? []
    const found = changed.filter((one) => shown.has(idOf(one)) && !earlier.some((other) => idOf(other) === idOf(one)))
    const listed = [...earlier, ...found.map((one) => ({ ...one, newToSearch: false }))]
    asked.set(watch.watchId, { watch, joining: false, returning: false, listings: listed })
  }
  return [...asked.values()]
}

function idOf({ listing }: Pick<Found, 'listing'>): string {
  return listing.id
}

type Known = {
  readonly known: ReadonlyMap<string, typeof matches.$inferSelect>
  readonly histories: ReadonlyMap<string, History>
  readonly subjects: Map<string, Subject>
}

async function findMatches(tx: Transaction, asked: readonly Asked[]): Promise<Known['known']> {
  const rows = await tx
    .select()
    .from(matches)
    .where(
      and(
        inArray(matches.watchId, [...new Set(asked.map(({ watch }) => watch.watchId))]),
        inArray(matches.listingId, [...new Set(asked.flatMap((one) => one.listings.map(idOf)))]),
      ),
    )
  return new Map(rows.map((row) => [`${row.watchId} ${row.listingId}`, row]))
}

/** A joining watch tells no drop, so the histories of a whole baseline are not read. */
async function findHistories(tx: Transaction, asked: readonly Asked[]): Promise<Known['histories']> {
  const ids = new Set(asked.filter((one) => !one.joining).flatMap((one) => one.listings.map(idOf)))
  if (ids.size === 0) return new Map()
  const rows = await tx
    .select()
    .from(observations)
    .where(inArray(observations.listingId, [...ids]))
  const points = Map.groupBy(rows, (row) => row.listingId)
  return new Map([...points].map(([id, every]) => [id, historyOf(every.map(toPoint))]))
}

function toPoint({ seenAt, state, priceKind, amount, currency }: typeof observations.$inferSelect) {
  return { at: seenAt, state, kind: priceKind, amount, currency }
}

function judge(asked: Asked, found: Found, scanned: Scanned, have: Known): readonly FoundEvent[] {
  const { watch, joining, returning } = asked
  const match = have.known.get(`${watch.watchId} ${found.listing.id}`)
  const terms = {
    filter: watch.filter,
    threshold: { percent: watch.dropPercent, amount: watch.dropAmount },
    since: returning && watch.quietSince ? watch.quietSince : scanned.at,
    joining,
  }
  const event = judgeCandidate(terms, toCandidate(found, have), match && { state: match.state, told: toldOf(match) })
  return event ? [{ event, listing: found.listing, matchId: match?.id ?? null }] : []
}

function toCandidate({ listing, newToSearch, wasGoneAt }: Found, { histories, subjects }: Known): Candidate {
  const subject = subjects.get(listing.id) ?? subjectOf(listing)
  subjects.set(listing.id, subject)
  return { listingId: listing.id, subject, newToSearch, wasGoneAt, history: histories.get(listing.id) ?? [] }
}

/** A stored listing as filters see it. */
export function subjectOf(listing: Listing): Subject {
  const place = [listing.city, listing.district, listing.region].filter((part) => part !== null).join(', ')
  return {
    title: listing.title,
    description: listing.description,
    place: place === '' ? null : place,
    seller: listing.sellerName,
    price: { kind: listing.priceKind, amount: listing.amount, currency: listing.currency },
  }
}

function toldOf(match: typeof matches.$inferSelect): Told | null {
  const { toldAmount, beforeAmount, toldCurrency, toldAt } = match
  if (toldAmount === null || beforeAmount === null || toldCurrency === null || toldAt === null) return null
  return { amount: toldAmount, before: beforeAmount, currency: toldCurrency, at: toldAt }
}
