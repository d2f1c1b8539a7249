import { index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from '@/db/columns'
import type { RobotsRule } from './rules-robots'
import type { RobotsState } from './rules-robots-copy'
import type { WayRecords } from './rules-ways'

/** Global: what may be asked of a host, shared by all processes. */
export const hosts = pgTable('hosts', {
  host: text().primaryKey(),
  /** Requests a minute; one at a time. */
  perMinute: integer().notNull().default(20),
  /** When the last requests were made, as epoch milliseconds: the budget counts those of the last minute. */
  recent: jsonb().$type<readonly number[]>().notNull().default([]),
  /** A request is under way until then at the latest. */
  busyUntil: moment(),
  busyBy: uuid(),
  /** Asked to wait, or the breaker is open. */
  closedUntil: moment(),
  failures: integer().notNull().default(0),
  requests: integer().notNull().default(0),
  lastRequestAt: moment(),
  /** When its last scan run began: an event older than that has been answered. */
  scanStartedAt: moment(),
  /** Milliseconds between two requests that its robots.txt asks for; 0: none. */
  paceMs: integer().notNull().default(0),
  /** Ways to its pages that it refuses, and until when each is let alone: what one search learned, all know. */
  ways: jsonb().$type<WayRecords>().notNull().default({}),
})

/** Global: what a site's robots.txt says to us. */
export const robots = pgTable(
  'robots',
  {
    /** `https://www.olx.pl`: rules are of one scheme, host and port (RFC 9309, 2.3). */
    origin: text().primaryKey(),
    host: text().notNull(),
    state: text().$type<RobotsState>().notNull(),
    rules: jsonb().$type<readonly RobotsRule[]>().notNull().default([]),
    crawlDelay: real(),
    readAt: moment(),
    checkedAt: moment().notNull(),
    /** Why it could not be reached, or its status. */
    detail: text(),
  },
  (t) => [index('robots_host').on(t.host)],
)

/** Global: how many answers of a host had which verdict in each hour; those of the last days. */
export const hostHours = pgTable(
  'host_hours',
  {
    host: text().notNull(),
    /** The beginning of the hour. */
    hour: moment().notNull(),
    verdict: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.host, t.hour, t.verdict] }), index('host_hours_hour').on(t.hour)],
)
