import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from '@/db/columns'

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
})
