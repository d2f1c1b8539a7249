import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { SeenListing } from '../listings/store-listings'
import { listings, observations, searchListings } from '../listings/table'

/** A listing to ask a watch about. */
export type Found = Pick<SeenListing, 'listing' | 'newToSearch' | 'wasGoneAt'>

const MOST_MISSED = 500
const MOST_THERE = 2000
/** The sites show an advert for 30 days: what nobody has seen for longer is hardly there. */
const STALE_MS = 30 * 86_400_000

/** What the search showed to others from `since` on, while this watch was paused; without what this scan saw itself. */
export async function findMissed(
  tx: Transaction,
  searchId: string,
  since: Date,
  fresh: readonly Found[],
): Promise<readonly Found[]> {
  const moment = sql`${since.toISOString()}::timestamptz`
  const rows = await tx
    .select({ listing: listings, firstSeenAt: searchListings.firstSeenAt })
    .from(searchListings)
    .innerJoin(listings, sql`${listings.id} = ${searchListings.listingId} and ${listings.goneAt} is null`)
    .where(
      sql`${searchListings.searchId} = ${searchId} and (${searchListings.firstSeenAt} >= ${moment} or exists (
        select 1 from ${observations} where ${observations.listingId} = ${listings.id} and ${observations.seenAt} >= ${moment}))`,
    )
    .orderBy(asc(searchListings.firstSeenAt))
    .limit(MOST_MISSED)
  return besides(rows, fresh).map(({ listing, firstSeenAt }) => ({
    listing,
    newToSearch: firstSeenAt >= since,
    wasGoneAt: null,
  }))
}

/**
 * What the search has shown to others and is still there, newest first, without what this scan saw itself: a known search
 * is read down to known ground only, but the baseline of a watch that joins it is whole.
 */
export async function findThere(
  tx: Transaction,
  searchId: string,
  at: Date,
  seen: readonly Found[],
): Promise<readonly Found[]> {
  const rows = await tx
    .select({ listing: listings })
    .from(searchListings)
    .innerJoin(listings, and(eq(listings.id, searchListings.listingId), isNull(listings.goneAt)))
    .where(and(eq(searchListings.searchId, searchId), gte(listings.lastSeenAt, new Date(at.getTime() - STALE_MS))))
    .orderBy(desc(listings.lastSeenAt), desc(listings.id))
    .limit(MOST_THERE)
  return besides(rows, seen).map(({ listing }) => ({ listing, newToSearch: false, wasGoneAt: null }))
}

function besides<T extends Pick<Found, 'listing'>>(rows: readonly T[], have: readonly Found[]): readonly T[] {
  const ids = new Set(have.map(({ listing }) => listing.id))
  return rows.filter(({ listing }) => !ids.has(listing.id))
}
