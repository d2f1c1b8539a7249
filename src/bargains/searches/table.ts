import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from '@/db/columns'
import type { SearchFacts, Verdict } from '../sources/source'

/** `new` until it was read for the first time. */
export type SearchHealth = 'new' | Verdict

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
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('searches_key').on(t.source, t.key),
    index('searches_due').on(t.host, t.dueAt).where(sql`due_at is not null`),
  ],
)
