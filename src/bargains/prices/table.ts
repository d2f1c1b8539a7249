import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, real, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import { listings } from '../listings/table'
import type { LinkKind } from './rules-reposts'

/** Global: titles as they are compared. Beside the listings, whose rows change at every scan: their index must not. */
export const listingTitles = pgTable(
  'listing_titles',
  {
    listingId: uuid()
      .primaryKey()
      .references(() => listings.id, { onDelete: 'cascade' }),
    /** `titleKey` of rules-reposts.ts. */
    title: text().notNull(),
  },
  (t) => [index('listing_titles_similar').using('gin', t.title.op('gin_trgm_ops'))],
)

/** Global: an advert and the one before it that it repeats. A listing repeats one at most, and is repeated by one. */
export const listingLinks = pgTable(
  'listing_links',
  {
    listingId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    earlierId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    kind: text().$type<LinkKind>().notNull(),
    similarity: real().notNull(),
    linkedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.listingId, t.earlierId] }),
    index('listing_links_earlier').on(t.earlierId),
    uniqueIndex('listing_links_repeats').on(t.listingId).where(sql`kind = 'repost'`),
    uniqueIndex('listing_links_repeated').on(t.earlierId).where(sql`kind = 'repost'`),
  ],
)

/** Pairs that a workspace has taken apart by hand; they stay so. */
export const listingUnlinks = pgTable(
  'listing_unlinks',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    listingId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    earlierId: uuid()
      .notNull()
      .references(() => listings.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
  },
  (t) => [uniqueIndex('listing_unlinks_once').on(t.workspaceId, t.listingId, t.earlierId)],
)
