import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'
import { matches } from '../matches/table'
import { afterOffer } from './rules'
import type { Listing } from './store-listings'
import { listings, observations } from './table'

/** What an offer page said of its advert. `certain`: the page itself says that it is gone, not only its status. */
export type OfferAnswer = { readonly state: 'open' | 'gone' | 'unclear'; readonly certain: boolean }

/** Keeps what an advert's own page said. Only this closes a listing; no result page does. */
export async function recordOffer(deps: BargainsDeps, id: string, answer: OfferAnswer): Promise<void> {
  const now = deps.clock()
  await withSystem(deps.db, 'record offer', async (tx) => {
    const [listing] = await tx.select().from(listings).where(eq(listings.id, id)).for('update')
    if (!listing) return
    const state = afterOffer(listing, answer.state, answer.certain, now)
    await tx
      .update(listings)
      .set({ ...state, offerCheckedAt: now })
      .where(eq(listings.id, id))
    if (listing.goneAt === null && state.goneAt !== null) await observeGone(tx, listing, now)
  })
}

async function observeGone(tx: Transaction, listing: Listing, seenAt: Date): Promise<void> {
  const { id: listingId, priceKind, amount, currency } = listing
  await tx
    .insert(observations)
    .values({ listingId, seenAt, state: 'gone', priceKind, amount, currency })
    .onConflictDoNothing()
  const watched = await tx
    .selectDistinct({ workspaceId: matches.workspaceId })
    .from(matches)
    .where(sql`${matches.listingId} = ${listingId}`)
  for (const { workspaceId } of watched) await notifyPages(tx, workspaceId, 'matches')
}
