import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { createPace } from '@/kernel/pace'
import type { Listing } from '../listings/store-listings'
import { listings, searchListings } from '../listings/table'
import { watchSearches } from '../watches/table'
import { subjectOf } from './match-listings'
import type { Filter } from './rules'
import { evaluateFilter } from './rules-evaluate'
import { affordable } from './rules-regex'
import { matches } from './table'

const MOST_LISTINGS = 2000

/**
 * After a change of the filter: what its searches have shown and now passes is shown, silently; what no longer passes
 * goes, unless somebody has starred, ignored or noted it, or a drop of it was told: that level is not told again when the
 * filter comes back, and the alert still opens it. Of very many, what was seen last is judged, and the rest left.
 */
export async function rematchWatch(ctx: Ctx, watchId: string, filter: Filter): Promise<void> {
  const judged = await judgeAll(filter, affordable(filter, await findShown(ctx, watchId)))
  const failing = judged.filter((one) => !one.passes).map(({ listing }) => listing.id)
  if (failing.length > 0) {
    const plain = and(inArray(matches.state, ['new', 'seen']), eq(matches.note, ''), isNull(matches.toldAt))
    await ctx.db.delete(matches).where(and(eq(matches.watchId, watchId), inArray(matches.listingId, failing), plain))
  }
  const { workspaceId, now } = ctx
  const rows = judged
    .filter((one) => one.passes)
    .map(({ listing, reasons }) => ({
      workspaceId,
      watchId,
      listingId: listing.id,
      reasons,
      baseline: true,
      matchedAt: now,
    }))
  if (rows.length > 0) await ctx.db.insert(matches).values(rows).onConflictDoNothing()
}

/** A page's request does this: the process goes on answering others. */
async function judgeAll(filter: Filter, shown: readonly Listing[]) {
  const pace = createPace()
  const judged = []
  for (const listing of shown) {
    judged.push({ listing, ...evaluateFilter(filter, subjectOf(listing)) })
    await pace()
  }
  return judged
}

/** A search that has not had its first read is left to it. */
async function findShown(ctx: Ctx, watchId: string) {
  const rows = await ctx.db
    .selectDistinctOn([listings.lastSeenAt, listings.id], { listing: listings })
    .from(watchSearches)
    .innerJoin(searchListings, eq(searchListings.searchId, watchSearches.searchId))
    .innerJoin(listings, eq(listings.id, searchListings.listingId))
    .where(and(eq(watchSearches.watchId, watchId), isNotNull(watchSearches.baselineAt), isNull(listings.goneAt)))
    .orderBy(desc(listings.lastSeenAt), desc(listings.id))
    .limit(MOST_LISTINGS)
  return rows.map((row) => row.listing)
}
