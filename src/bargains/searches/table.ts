import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import type { WayRecords } from '@/http/rules-ways'
import type { SearchFacts } from '../sources/source'
import type { ReadVerdict } from './rules'
import type { PageFill } from './rules-fill'

/** `new` until it was read for the first time. */
export type SearchHealth = 'new' | ReadVerdict

/** Global: one canonical result page of a source, fetched once for every watch that uses it. */
export const searches = pgTable(
  'searches',
  {
    id: id(),
    source: text().notNull(),
    key: text().notNull(),
    url: text().notNull(),
    host: text().notNull(),
    says: jsonb().$type<SearchFacts>().notNull(),
    /** Null: no active watch uses it. */
    dueAt: moment(),
    /** Held by a scan until then; a dead scan's claim runs out. */
    claimedUntil: moment(),
    claimId: uuid(),
    etag: text(),
    lastModified: text(),
    health: text().$type<SearchHealth>().notNull().default('new'),
    healthReason: text(),
    healthSince: moment(),
    /** Names the episode of trouble, from its first bad read to the next good one; null while all is well. */
    troubleSince: moment(),
    /** A read broke off before known ground: only adverts known until then end the next paging. */
    gapSince: moment(),
    checkedAt: moment(),
    okAt: moment(),
    /** Failures in a row, for the backoff. */
    failures: integer().notNull().default(0),
    /** Adverts that the site counted last, else those read. */
    total: integer(),
    /** The same search at the site's JSON API, as one of its pages said. */
    apiUrl: text(),
    /** How each way to its pages went. */
    ways: jsonb().$type<WayRecords>().notNull().default({}),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('searches_key').on(t.source, t.key),
    index('searches_due').on(t.host, t.dueAt).where(sql`due_at is not null`),
  ],
)

/** Global: how full the fields of a search's last good pages were, by page format. */
export const searchFills = pgTable(
  'search_fills',
  {
    searchId: uuid()
      .notNull()
      .references(() => searches.id, { onDelete: 'cascade' }),
    source: text().notNull(),
    variant: text().notNull(),
    /** Oldest first. */
    pages: jsonb().$type<readonly PageFill[]>().notNull().default([]),
    /** Fields that are much emptier than they were; none while all is well. */
    fallen: jsonb().$type<readonly string[]>().notNull().default([]),
    fallenSince: moment(),
    seenAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.searchId, t.variant] }), index('search_fills_fallen').on(t.source, t.fallenSince)],
)

/** Global: pages that could not be read, kept for mending a parser. The bytes lie in the storage under the key. */
export const badPages = pgTable(
  'bad_pages',
  {
    id: id(),
    host: text().notNull(),
    source: text().notNull(),
    searchId: uuid(),
    url: text().notNull(),
    status: smallint().notNull(),
    headers: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    way: text().notNull(),
    variant: text().notNull(),
    verdict: text().notNull(),
    reason: text(),
    storageKey: text().notNull(),
    /** Bytes in the storage. */
    size: integer().notNull(),
    keptAt: moment().notNull(),
  },
  (t) => [index('bad_pages_host').on(t.host, t.keptAt), index('bad_pages_kept').on(t.keptAt)],
)

/** An owner's word that a host is read for this workspace although its robots.txt forbids it. */
export const robotsOverrides = pgTable(
  'robots_overrides',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    host: text().notNull(),
    reason: text().notNull(),
    /** Who; null once that member is gone, whose name stays. */
    memberId: uuid().references(() => members.id, { onDelete: 'set null' }),
    memberName: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    /** Taken back. */
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('robots_overrides_live').on(t.workspaceId, t.host).where(sql`ended_at is null`),
    index('robots_overrides_host').on(t.host).where(sql`ended_at is null`),
  ],
)
