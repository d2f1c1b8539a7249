import { and, eq, gt, sql } from 'drizzle-orm'
import type { JobEvent } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import type { BargainsDeps } from '../deps'
import { matchListings } from '../matches/match-listings'
import { matches } from '../matches/table'
import { searches } from '../searches/table'
import { anyPage } from '../sources/any/source'
import { siteNameOf } from '../sources/registry'
import type { Item } from '../sources/source'
import { type KeptPage, keepPage, writeSnapshot } from './keep-snapshot'
import { afterOffer, type OfferWord } from './rules'
import { type Listing, storeListings } from './store-listings'
import { listings, observations } from './table'
import { sendNudges, writeNews } from './write-news'

export type Offer = { readonly id: string; readonly source: string; readonly externalId: string; readonly url: string }

/** What an advert's own page said; of an open one the advert itself and the page's bytes. */
export type OfferAnswer =
  | { readonly state: 'open'; readonly item: Item; readonly page: Uint8Array }
  | Exclude<OfferWord, { readonly state: 'open' }>

/**
 * Keeps what an advert's own page said: its state, and of an open one its details, its price and a snapshot, each told to
 * the watches that it concerns. Only this closes a listing; no result page does. Saying the same twice changes nothing.
 */
export async function recordOffer(deps: BargainsDeps, offer: Offer, answer: OfferAnswer): Promise<void> {
  if (answer.state === 'open') return recordOpen(deps, offer, answer.item, answer.page)
  await withSystem(deps.db, 'record offer', (tx) => recordState(tx, offer.id, answer, deps.clock()))
}

async function recordOpen(deps: BargainsDeps, offer: Offer, item: Item, page: Uint8Array): Promise<void> {
  const kept = await keepPage(deps, offer.id, item, page)
  const events: JobEvent[] = []
  await withSystem(deps.db, 'record offer', (tx) => writeOpen(tx, { offer, item, kept, at: deps.clock(), events }))
  await sendNudges(deps, events)
}

type Open = {
  readonly offer: Offer
  readonly item: Item
  readonly kept: KeptPage | null
  readonly at: Date
  readonly events: JobEvent[]
}

async function writeOpen(tx: Transaction, { offer, item, kept, at, events }: Open): Promise<void> {
  const { id, source, externalId, url } = offer
  const seen = await storeListings(tx, { source, searchId: null, at, own: true }, [{ ...item, externalId }])
  if (kept && seen[0]?.listing.id === id) await writeSnapshot(tx, id, kept, at)
  const news = await matchListings(tx, { searchId: null, at, watches: [], seen })
  await tellWatching(tx, id)
  const from = { source, sourceName: siteNameOf(source, url), url, claimId: newId(), complete: false }
  await writeNews({ tx, at, events }, from, news)
}

async function recordState(tx: Transaction, id: string, word: OfferWord, now: Date): Promise<void> {
  const [listing] = await tx.select().from(listings).where(eq(listings.id, id)).for('update')
  if (!listing) return
  const state = afterOffer(
    listing,
    word.state === 'gone' ? { ...word, unheard: await isUnheard(tx, listing) } : word,
    now,
  )
  await tx
    .update(listings)
    .set({ ...state, offerCheckedAt: now })
    .where(eq(listings.id, id))
  const closes = listing.goneAt === null && state.goneAt !== null
  if (closes) await observeGone(tx, listing, now)
  if (closes || listing.heldAt?.getTime() !== state.heldAt?.getTime()) await tellWatching(tx, id)
}

/** No search of its site (of any page: its host) was read well since it first seemed gone: the site itself may be away. */
async function isUnheard(tx: Transaction, { source, url, gonePendingAt }: Listing): Promise<boolean> {
  if (gonePendingAt === null) return false
  const onHost = source === anyPage.id ? eq(searches.host, new URL(url).hostname) : undefined
  const since = and(eq(searches.source, source), gt(searches.okAt, gonePendingAt), onHost)
  const heard = await tx.select({ id: searches.id }).from(searches).where(since).limit(1)
  return heard.length === 0
}

async function observeGone(tx: Transaction, listing: Listing, seenAt: Date): Promise<void> {
  const { id: listingId, priceKind, amount, currency } = listing
  await tx
    .insert(observations)
    .values({ listingId, seenAt, state: 'gone', priceKind, amount, currency })
    .onConflictDoNothing()
}

/** Open pages of those who watch it show what is new. */
async function tellWatching(tx: Transaction, listingId: string): Promise<void> {
  const watched = await tx
    .selectDistinct({ workspaceId: matches.workspaceId })
    .from(matches)
    .where(sql`${matches.listingId} = ${listingId}`)
  for (const { workspaceId } of watched) await notifyPages(tx, workspaceId, 'matches')
}
