import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { currency, id, minorUnits, moment, workspaceId } from '@/db/columns'
import { searches } from '../searches/table'
import type { Attribute, PriceKind, SellerKind } from '../sources/source'

/** Global: one advert, unique by (source, external id); its price here is the last one observed. */
export const listings = pgTable(
  'listings',
  {
    id: id(),
    source: text().notNull(),
    externalId: text().notNull(),
    url: text().notNull(),
    title: text().notNull(),
    description: text(),
    priceKind: text().$type<PriceKind>().notNull(),
    amount: minorUnits(),
    currency: currency(),
    negotiable: boolean().notNull().default(false),
    sellerKind: text().$type<SellerKind>().notNull().default('unknown'),
    sellerId: text(),
    sellerName: text(),
    city: text(),
    district: text(),
    region: text(),
    lat: doublePrecision(),
    lon: doublePrecision(),
    exactPlace: boolean().notNull().default(false),
    photos: text().array().notNull().default([]),
    attributes: jsonb().$type<readonly Attribute[]>().notNull().default([]),
    postedAt: moment(),
    refreshedAt: moment(),
    firstSeenAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    goneAt: moment(),
    /** The first of the two verdicts that `gone` needs. */
    gonePendingAt: moment(),
    /** A moderator hides it since then: neither open nor closed. */
    heldAt: moment(),
    /** When its own page was asked last. */
    offerCheckedAt: moment(),
    /** When its own page was read well last, so that description, photos and details are whole. */
    detailsAt: moment(),
    /** Who handed it over, while no scan has read it. */
    pushedBy: uuid(),
  },
  (t) => [
    uniqueIndex('listings_identity').on(t.source, t.externalId),
    index('listings_seen').on(t.lastSeenAt),
    index('listings_seller').on(t.source, t.sellerId),
  ],
)

/** Global: price or state of a listing where it changed. Order of arrival does not matter, only `seenAt`. */
export const observations = pgTable(
  'observations',
  {
    listingId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    seenAt: moment().notNull(),
    state: text().$type<'open' | 'gone'>().notNull(),
    priceKind: text().$type<PriceKind>().notNull(),
    amount: minorUnits(),
    currency: currency(),
  },
  (t) => [primaryKey({ columns: [t.listingId, t.seenAt] })],
)

/** Global: what an advert's own page said, when that was new. The page itself lies in the storage. */
export const offerSnapshots = pgTable(
  'offer_snapshots',
  {
    id: id(),
    listingId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    takenAt: moment().notNull(),
    /** Of the gzipped page in the storage; never used twice, so that a sweep of blobs without a row takes no other's. */
    blobKey: text().notNull(),
    /** Of the page as it came, in hexadecimal digits, and its length in bytes. */
    sha256: text().notNull(),
    bytes: integer().notNull(),
    title: text().notNull(),
    description: text(),
    priceKind: text().$type<PriceKind>().notNull(),
    amount: minorUnits(),
    currency: currency(),
  },
  (t) => [
    index('offer_snapshots_listing').on(t.listingId, t.takenAt),
    index('offer_snapshots_taken').on(t.takenAt),
    uniqueIndex('offer_snapshots_blob').on(t.blobKey),
  ],
)

/** What became of a batch that was handed over: the same request again gets the same answer. */
export const listingPushes = pgTable(
  'listing_pushes',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    requestId: text().notNull(),
    /** SHA-256 of the request: another one under its id is refused. */
    digest: text().notNull(),
    answer: jsonb().$type<unknown>().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('listing_pushes_once').on(t.workspaceId, t.requestId),
    index('listing_pushes_age').on(t.createdAt),
  ],
)

/** Global: which listing a search has shown. */
export const searchListings = pgTable(
  'search_listings',
  {
    searchId: uuid()
      .notNull()
      .references(() => searches.id, { onDelete: 'cascade' }),
    listingId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    firstSeenAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.searchId, t.listingId] }), index('search_listings_listing').on(t.listingId)],
)
