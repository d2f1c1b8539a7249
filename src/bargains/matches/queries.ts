import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { listings, observations, offerSnapshots } from '../listings/table'
import { findEarlier, findLadders, findOthers } from '../prices/find-ladders'
import { findComparables } from '../prices/queries'
import { findWatch } from '../watches/queries'
import { watches } from '../watches/table'
import { describeLinked, describeMatch, describePoint, describeSnapshot, type MatchRow } from './describe-match'
import { orderOf } from './order-matches'
import type { ListMatches, MatchPage, ShownMatch } from './schema'
import { matches } from './table'

const sameCurrency = sql`o.listing_id = ${listings.id} and o.price_kind = 'fixed' and o.currency = ${listings.currency}`

const COLUMNS = {
  match: matches,
  listing: listings,
  watchName: watches.name,
  previousAmount: sql<string | null>`(select o.amount::text from observations o where ${sameCurrency}
    and o.amount <> ${listings.amount} order by o.seen_at desc limit 1)`,
  lowestAmount: sql<string | null>`(select min(o.amount)::text from observations o where ${sameCurrency})`,
  wasGoneAt: sql<Date | null>`(select max(o.seen_at) from observations o where o.listing_id = ${listings.id}
    and o.state = 'gone')`.mapWith(observations.seenAt),
}

function selectMatches(ctx: Ctx) {
  return ctx.db
    .select(COLUMNS)
    .from(matches)
    .innerJoin(listings, eq(listings.id, matches.listingId))
    .innerJoin(watches, eq(watches.id, matches.watchId))
    .$dynamic()
}

/** Matches of one watch or of all, a page at a time. Deleted watches' matches are not shown. */
export async function listMatches(ctx: Ctx, input: ListMatches): Promise<MatchPage> {
  requirePermission(ctx, 'watches.read')
  if (input.watchId) await findWatch(ctx, input.watchId)
  const order = await orderOf(input, () => findLeading(ctx, input))
  const rows = await selectMatches(ctx)
    .where(and(...conditions(ctx, input), order.after))
    .orderBy(...order.by)
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1) : undefined
  const ladders = await findLadders(ctx.db, page.map(listingOf), ctx.now)
  const shown = page.map((row) => describeMatch(row, ladders.get(row.listing.id) ?? null))
  return { matches: shown, nextCursor: last ? order.cursorOf(last) : null }
}

function listingOf({ listing }: MatchRow): MatchRow['listing'] {
  return listing
}

/** The currency that most of them have; empty where none has a price. */
async function findLeading(ctx: Ctx, input: ListMatches): Promise<string> {
  const [row] = await ctx.db
    .select({ currency: listings.currency })
    .from(matches)
    .innerJoin(listings, eq(listings.id, matches.listingId))
    .innerJoin(watches, eq(watches.id, matches.watchId))
    .where(and(...conditions(ctx, input), isNotNull(listings.amount)))
    .groupBy(listings.currency)
    .orderBy(desc(count()), asc(listings.currency))
    .limit(1)
  return row?.currency ?? ''
}

const FRESH_DROP_MS = 7 * 24 * 3_600_000

function conditions({ now }: Ctx, { watchId, state, source, cheaper }: ListMatches): (SQL | undefined)[] {
  return [
    isNull(watches.deletedAt),
    watchId ? eq(matches.watchId, watchId) : undefined,
    state ? eq(matches.state, state) : ne(matches.state, 'ignored'),
    // What was there when the watch began has not been opened either, but it is no news.
    state === 'new' ? eq(matches.baseline, false) : undefined,
    source ? eq(listings.source, source) : undefined,
    cheaper ? and(gt(matches.toldAt, new Date(now.getTime() - FRESH_DROP_MS)), isNull(listings.goneAt)) : undefined,
  ]
}

/** One match with the words of its advert, its prices, why it matched, and its neighbours in the watch's list. */
export async function getMatch(ctx: Ctx, id: string): Promise<ShownMatch> {
  requirePermission(ctx, 'watches.read')
  const [row] = await selectMatches(ctx).where(and(eq(matches.id, id), isNull(watches.deletedAt)))
  if (!row) throw noMatch()
  return {
    ...describeMatch(row, (await findLadders(ctx.db, [row.listing], ctx.now)).get(row.listing.id) ?? null),
    description: row.listing.description,
    attributes: [...row.listing.attributes],
    // Written by the scan alone, from `rules-evaluate.ts`.
    reasons: row.match.reasons as ShownMatch['reasons'],
    history: await findPoints(ctx, row.listing.id),
    comparables: await findComparables(ctx, {
      matchId: id,
      watchId: row.match.watchId,
      currency: row.listing.currency,
      amount: row.listing.amount,
    }),
    linked: await findLinked(ctx, row.listing.id),
    snapshots: await findSnapshots(ctx, row.listing.id),
    ...(await findNeighbours(ctx, row.match)),
  }
}

export function noMatch(): AppError {
  return new AppError('not_found', 'no such match', { reason: 'match.notFound' })
}

/** Prices and states of a match's listing, oldest first. */
export async function listHistory(ctx: Ctx, id: string): Promise<{ points: ShownMatch['history'] }> {
  requirePermission(ctx, 'watches.read')
  const [row] = await ctx.db.select({ listingId: matches.listingId }).from(matches).where(eq(matches.id, id))
  if (!row) throw noMatch()
  return { points: await findPoints(ctx, row.listingId) }
}

async function findPoints(ctx: Ctx, listingId: string): Promise<ShownMatch['history']> {
  const rows = await ctx.db
    .select()
    .from(observations)
    .where(eq(observations.listingId, listingId))
    .orderBy(asc(observations.seenAt))
  return rows.map(describePoint)
}

async function findLinked({ db }: Ctx, listingId: string): Promise<ShownMatch['linked']> {
  const linked = [...(await findEarlier(db, [listingId])), ...(await findOthers(db, listingId))]
  return linked.map(describeLinked)
}

async function findSnapshots({ db }: Ctx, listingId: string): Promise<ShownMatch['snapshots']> {
  const rows = await db
    .select()
    .from(offerSnapshots)
    .where(eq(offerSnapshots.listingId, listingId))
    .orderBy(asc(offerSnapshots.takenAt))
  return rows.map(describeSnapshot)
}

type Neighbours = Pick<ShownMatch, 'previousId' | 'nextId'>

async function findNeighbours(ctx: Ctx, match: typeof matches.$inferSelect): Promise<Neighbours> {
  const at = match.matchedAt
  const newer = or(gt(matches.matchedAt, at), and(eq(matches.matchedAt, at), gt(matches.id, match.id)))
  const older = or(lt(matches.matchedAt, at), and(eq(matches.matchedAt, at), lt(matches.id, match.id)))
  const [previous] = await besides(ctx, match.watchId, newer).orderBy(asc(matches.matchedAt), asc(matches.id))
  const [next] = await besides(ctx, match.watchId, older).orderBy(desc(matches.matchedAt), desc(matches.id))
  return { previousId: previous?.id ?? null, nextId: next?.id ?? null }
}

function besides(ctx: Ctx, watchId: string, where: SQL | undefined) {
  return ctx.db
    .select({ id: matches.id })
    .from(matches)
    .where(and(eq(matches.watchId, watchId), ne(matches.state, 'ignored'), where))
    .limit(1)
    .$dynamic()
}
