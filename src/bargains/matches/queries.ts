import { and, asc, desc, eq, gt, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { listings, observations } from '../listings/table'
import { findComparables } from '../prices/queries'
import { findWatch } from '../watches/queries'
import { watches } from '../watches/table'
import { describeMatch, describePoint } from './describe-match'
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
  const { by, direction } = SORTS[input.sort]
  const order = direction === 'desc' ? desc : asc
  const rows = await selectMatches(ctx)
    .where(and(isNull(watches.deletedAt), ...conditions(input)))
    .orderBy(order(by), order(matches.id))
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1) : undefined
  const value =
    input.sort === 'newest' ? last?.match.matchedAt.toISOString() : amountOf(input.sort, last?.listing.amount)
  return { matches: page.map(describeMatch), nextCursor: last ? `${value}_${last.match.id}` : null }
}

/** What has no figure comes last, whichever way prices are sorted. */
const LAST = { cheapest: 9_223_372_036_854_775_807n, dearest: -1n } as const

const SORTS = {
  newest: { by: sql`${matches.matchedAt}`, type: 'timestamptz', direction: 'desc' },
  cheapest: {
    by: sql`coalesce(${listings.amount}, ${LAST.cheapest.toString()}::bigint)`,
    type: 'bigint',
    direction: 'asc',
  },
  dearest: {
    by: sql`coalesce(${listings.amount}, ${LAST.dearest.toString()}::bigint)`,
    type: 'bigint',
    direction: 'desc',
  },
} as const

function amountOf(sort: 'cheapest' | 'dearest', amount: bigint | null | undefined): string {
  return (amount ?? LAST[sort]).toString()
}

function conditions({ watchId, state, source, sort, cursor }: ListMatches): SQL[] {
  return [
    watchId ? eq(matches.watchId, watchId) : undefined,
    state ? eq(matches.state, state) : ne(matches.state, 'ignored'),
    // What was there when the watch began has not been opened either, but it is no news.
    state === 'new' ? eq(matches.baseline, false) : undefined,
    source ? eq(listings.source, source) : undefined,
    cursor ? after(sort, cursor) : undefined,
  ].filter((condition): condition is SQL => condition !== undefined)
}

const CURSOR = /^(-?\d{1,19}|\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/

function after(sort: ListMatches['sort'], cursor: string): SQL {
  const [, value, id] = CURSOR.exec(cursor) ?? []
  const { by, type, direction } = SORTS[sort]
  if (!value || !id || value.includes('T') !== (sort === 'newest')) throw badCursor()
  const beyond = sql.raw(direction === 'desc' ? '<' : '>')
  return sql`(${by}, ${matches.id}) ${beyond} (${value}::${sql.raw(type)}, ${id}::uuid)`
}

function badCursor(): AppError {
  return new AppError('bad_input', 'a cursor of another list', { reason: 'match.badCursor' })
}

/** One match with the words of its advert, its prices, why it matched, and its neighbours in the watch's list. */
export async function getMatch(ctx: Ctx, id: string): Promise<ShownMatch> {
  requirePermission(ctx, 'watches.read')
  const [row] = await selectMatches(ctx).where(and(eq(matches.id, id), isNull(watches.deletedAt)))
  if (!row) throw noMatch()
  return {
    ...describeMatch(row),
    description: row.listing.description,
    attributes: [...row.listing.attributes],
    // Written by the scan alone, from `rules-evaluate.ts`.
    reasons: row.match.reasons as ShownMatch['reasons'],
    history: await findPoints(ctx, row.listing.id),
    comparables: await findComparables(ctx, {
      matchId: id,
      watchId: row.match.watchId,
      currency: row.listing.currency,
    }),
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
