import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { newId } from '@/kernel/ids'
import { inert } from '@/kernel/text'
import type { Item } from '../sources/source'
import { type Judged, judgeItem, keepWhole } from './rules'
import { listings, observations, searchListings } from './table'

export type Listing = typeof listings.$inferSelect

/** An advert of a page, as it stands in the store after this look at it. */
export type SeenListing = {
  readonly listing: Listing
  readonly judged: Judged
  /** This search has not shown it before. */
  readonly newToSearch: boolean
  /** When it had gone, for one that reappeared. */
  readonly wasGoneAt: Date | null
}

export type Look = {
  readonly source: string
  readonly searchId: string | null
  readonly at: Date
  /** An advert's own page: its description, photos and details are whole. */
  readonly own?: boolean
  /** The workspace that handed it over; left out where we have read it ourselves. */
  readonly pushedBy?: string
}

/** Being seen is noted no finer: an unchanged page must not write every row at every scan. */
const TOUCH_AFTER = 15 * 60_000

/**
 * Stores what a page shows: new and changed listings in one statement, their observations in another. One scan of a source
 * writes at a time, so that two searches that show the same new advert do not both find it.
 */
export async function storeListings(
  tx: Transaction,
  look: Look,
  items: readonly Item[],
): Promise<readonly SeenListing[]> {
  if (items.length === 0) return []
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`listings ${look.source}`}, 0))`)
  const clean = items.map(cleanTexts)
  const stored = await findStored(tx, look, clean)
  const seen = clean.map((item) => lookAt(item, stored.get(item.externalId), look))
  await writeListings(tx, seen)
  await writeObservations(tx, seen, look.at)
  if (look.searchId !== null) await writeSearchListings(tx, seen, look.searchId, look.at)
  return seen
}

/** PostgreSQL refuses NUL and half a character in JSON: one such title must not stop the search that shows it. */
function cleanTexts<T>(value: T): T {
  // The shape stays: only texts inside are replaced.
  if (typeof value === 'string') return inert(value).toWellFormed() as T
  if (Array.isArray(value)) return value.map(cleanTexts) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cleanTexts(part)])) as T
}

type Stored = { readonly listing: Listing; readonly knownSince: Date | null; readonly shownAt: Date | null }

async function findStored(tx: Transaction, look: Look, items: readonly Item[]): Promise<ReadonlyMap<string, Stored>> {
  const ids = items.map((item) => item.externalId)
  const rows = await tx
    .select({ listing: listings, knownSince: searchListings.firstSeenAt, shownAt: searchListings.lastSeenAt })
    .from(listings)
    .leftJoin(
      searchListings,
      and(eq(searchListings.listingId, listings.id), eq(searchListings.searchId, look.searchId ?? newId())),
    )
    .where(and(eq(listings.source, look.source), inArray(listings.externalId, ids)))
  return new Map(rows.map((row) => [row.listing.externalId, row]))
}

type Looked = SeenListing & Record<'write' | 'touch' | 'show' | 'isTaken', boolean>

function lookAt(shown: Item, stored: Stored | undefined, look: Look): Looked {
  const item = stored?.listing.detailsAt && !look.own ? { ...shown, ...keepWhole(stored.listing, shown) } : shown
  const isTaken = isTakenOver(stored?.listing, look)
  const judge = judgeItem(stored?.listing, item)
  const judged = isTaken ? { ...judge, observed: true } : judge
  const newToSearch = !stored || stored.knownSince === null
  const differs = judged.isNew || judged.contentChanged || judged.reappeared || photosDiffer(stored?.listing, item)
  const write = differs || look.own === true || isTaken
  const stale = (at: Date | null | undefined) => !at || look.at.getTime() - at.getTime() >= TOUCH_AFTER
  return {
    listing: merged(stored?.listing, item, look),
    judged,
    newToSearch,
    wasGoneAt: stored?.listing.goneAt ?? null,
    write,
    touch: !write && (stale(stored?.listing.lastSeenAt) || isDoubted(stored?.listing)),
    show: newToSearch || stale(stored?.shownAt),
    isTaken,
  }
}

/** What somebody handed over is read by us: what they said of its price counts no more. */
function isTakenOver(stored: Listing | undefined, { pushedBy }: Look): boolean {
  return stored !== undefined && stored.pushedBy !== null && pushedBy === undefined
}

/** Being seen ends what its own page made us think. */
function isDoubted(stored: Listing | undefined): boolean {
  return stored !== undefined && (stored.gonePendingAt !== null || stored.heldAt !== null)
}

function photosDiffer(stored: Listing | undefined, item: Item): boolean {
  if (!stored || item.photos.length === 0) return false
  return item.photos.length !== stored.photos.length || item.photos[0] !== stored.photos[0]
}

/** The listing after this look: what a page leaves out keeps its last known value. */
function merged(stored: Listing | undefined, item: Item, { source, at, own, pushedBy }: Look): Listing {
  const { price, seller, place, coordinates } = item
  const keepsPrice = stored !== undefined && price.kind === 'unknown'
  return {
    id: stored?.id ?? newId(),
    source,
    externalId: item.externalId,
    url: item.url,
    title: item.title,
    description: item.description ?? stored?.description ?? null,
    priceKind: keepsPrice ? stored.priceKind : price.kind,
    amount: keepsPrice ? stored.amount : price.amount,
    currency: keepsPrice ? stored.currency : price.currency,
    negotiable: price.negotiable,
    sellerKind: seller.kind === 'unknown' ? (stored?.sellerKind ?? 'unknown') : seller.kind,
    sellerId: seller.id ?? stored?.sellerId ?? null,
    sellerName: seller.name ?? stored?.sellerName ?? null,
    city: place?.city ?? stored?.city ?? null,
    district: place?.district ?? stored?.district ?? null,
    region: place?.region ?? stored?.region ?? null,
    ...pointOf(stored, coordinates),
    photos: item.photos.length > 0 ? [...item.photos] : (stored?.photos ?? []),
    attributes: item.attributes.length > 0 ? item.attributes : (stored?.attributes ?? []),
    postedAt: momentOf(item.postedAt) ?? stored?.postedAt ?? null,
    refreshedAt: momentOf(item.refreshedAt) ?? stored?.refreshedAt ?? null,
    firstSeenAt: stored?.firstSeenAt ?? at,
    lastSeenAt: stored && stored.lastSeenAt > at ? stored.lastSeenAt : at,
    goneAt: null,
    gonePendingAt: null,
    heldAt: null,
    offerCheckedAt: own ? at : (stored?.offerCheckedAt ?? null),
    detailsAt: own ? at : (stored?.detailsAt ?? null),
    pushedBy: stored && stored.pushedBy === null ? null : (pushedBy ?? null),
  }
}

/** A result page's rough place does not take the exact one away. */
function pointOf(stored: Listing | undefined, shown: Item['coordinates']): Pick<Listing, 'lat' | 'lon' | 'exactPlace'> {
  if (shown && (shown.exact || !stored?.exactPlace)) return { lat: shown.lat, lon: shown.lon, exactPlace: shown.exact }
  return { lat: stored?.lat ?? null, lon: stored?.lon ?? null, exactPlace: stored?.exactPlace ?? false }
}

function momentOf(text: string | null): Date | null {
  const moment = text === null ? null : new Date(text)
  return moment && !Number.isNaN(moment.getTime()) ? moment : null
}

const LISTING_COLUMNS = [
  'url',
  'title',
  'description',
  'price_kind',
  'amount',
  'currency',
  'negotiable',
  'seller_kind',
  'seller_id',
  'seller_name',
  'city',
  'district',
  'region',
  'lat',
  'lon',
  'exact_place',
  'photos',
  'attributes',
  'posted_at',
  'refreshed_at',
  'last_seen_at',
  'gone_at',
  'gone_pending_at',
  'held_at',
  'offer_checked_at',
  'details_at',
  'pushed_by',
] as const

const COLUMNS = sql.raw(['id', 'source', 'external_id', 'first_seen_at', ...LISTING_COLUMNS].join(', '))
const UPDATES = sql.raw(LISTING_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', '))

/** `jsonb_populate_recordset` reads each column by its own type, photos as text[] too. */
async function writeListings(tx: Transaction, seen: readonly Looked[]): Promise<void> {
  const written = seen.filter((one) => one.write).map(({ listing }) => asRow(listing))
  if (written.length > 0) {
    await tx.execute(sql`
      insert into listings (${COLUMNS})
      select ${COLUMNS} from jsonb_populate_recordset(null::listings, ${JSON.stringify(written)}::jsonb)
      on conflict (source, external_id) do update set ${UPDATES}`)
  }
  const touched = seen.filter((one) => one.touch).map(({ listing }) => asTouch(listing))
  if (touched.length > 0) {
    await tx.execute(sql`
      update listings l set last_seen_at = r.last_seen_at, refreshed_at = r.refreshed_at, gone_pending_at = null,
        held_at = null
      from jsonb_populate_recordset(null::listings, ${JSON.stringify(touched)}::jsonb) r where l.id = r.id`)
  }
}

function asTouch({ id, lastSeenAt, refreshedAt }: Listing) {
  return { id, last_seen_at: lastSeenAt, refreshed_at: refreshedAt }
}

function asRow(listing: Listing) {
  const { externalId, priceKind, sellerKind, sellerId, sellerName, exactPlace, amount, pushedBy, ...same } = listing
  return {
    ...same,
    external_id: externalId,
    price_kind: priceKind,
    // As text: a JSON number would lose what is beyond 2^53.
    amount: amount?.toString() ?? null,
    seller_kind: sellerKind,
    seller_id: sellerId,
    seller_name: sellerName,
    exact_place: exactPlace,
    posted_at: listing.postedAt,
    refreshed_at: listing.refreshedAt,
    first_seen_at: listing.firstSeenAt,
    last_seen_at: listing.lastSeenAt,
    offer_checked_at: listing.offerCheckedAt,
    details_at: listing.detailsAt,
    pushed_by: pushedBy,
  }
}

async function writeObservations(tx: Transaction, seen: readonly Looked[], at: Date): Promise<void> {
  const taken = seen.filter((one) => one.isTaken).map(({ listing }) => listing.id)
  if (taken.length > 0) await tx.delete(observations).where(inArray(observations.listingId, taken))
  const rows = seen
    .filter(({ judged }) => judged.observed)
    .map(({ listing }) => ({
      listing_id: listing.id,
      seen_at: at,
      state: 'open',
      price_kind: listing.priceKind,
      amount: listing.amount?.toString() ?? null,
      currency: listing.currency,
    }))
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into observations (listing_id, seen_at, state, price_kind, amount, currency)
    select listing_id, seen_at, state, price_kind, amount, currency
    from jsonb_populate_recordset(null::observations, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`)
}

async function writeSearchListings(
  tx: Transaction,
  seen: readonly Looked[],
  searchId: string,
  at: Date,
): Promise<void> {
  const ids = seen.filter((one) => one.show).map(({ listing }) => listing.id)
  if (ids.length === 0) return
  const moment = sql`${at.toISOString()}::timestamptz`
  await tx.execute(sql`
    insert into search_listings (search_id, listing_id, first_seen_at, last_seen_at)
    select ${searchId}::uuid, id::uuid, ${moment}, ${moment} from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) id
    on conflict (search_id, listing_id) do update set last_seen_at = excluded.last_seen_at`)
}
