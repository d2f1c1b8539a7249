import pg from 'pg'
import type { Logger } from '@/observability/log'

/** A process that cannot reach its database tries again, rather than to hang on a connection that never comes. */
const CONNECT_MS = 10_000
const IDLE_MS = 60_000

/**
 * A pool whose broken connections are told and dropped: an `error` event that nobody hears would end the process. Close
 * it with `end`, and not before graphile-worker, to which it may be lent, has stopped.
 */
export function openPgPool(url: string, max: number, name: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
  })
  const tell = (error: Error) => log.debug({ err: error }, 'a connection of the job engine broke')
  pool.on('error', tell)
  pool.on('connect', (client) => client.on('error', tell))
  return pool
}
