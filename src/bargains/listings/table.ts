import {
  boolean,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { currency, id, minorUnits, moment } from '@/db/columns'
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
    /** When its own page was asked last. */
    offerCheckedAt: moment(),
  },
  (t) => [uniqueIndex('listings_identity').on(t.source, t.externalId), index('listings_seen').on(t.lastSeenAt)],
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
