import pg from 'pg'
import { isLost } from '@/db/lost-connection'
import type { Logger } from '@/observability/log'

/** A process that cannot reach its database tries again, rather than to hang on a connection that never comes. */
const CONNECT_MS = 10_000
const IDLE_MS = 60_000
/**
 * A statement that has no answer after this is on a connection that fell silent (a firewall forgot it, a machine lost its
 * power): without an end to it, whoever asked would wait for ever.
 */
const ANSWER_MS = 30_000
/**
 * Who waits for a lock is told before that, by the server: a statement that only its asker gives up keeps its connection
 * there, and each repetition would take one more.
 */
const LOCK_SHARE = 0.8
/** An idle connection, such as the one that listens, is known to be gone after some probes from here on. */
const PROBE_AFTER_MS = 10_000

/**
 * A pool whose broken connections are told and dropped: an `error` event that nobody hears would end the process. Close
 * it with `end`, and not before graphile-worker, to which it may be lent, has stopped. A statement without an answer ends
 * as one that passes, and its connection is thrown away; with null for `answerMs` each may take as long as it likes.
 */
export function openPgPool(
  url: string,
  max: number,
  name: string,
  log: Logger,
  answerMs: number | null = ANSWER_MS,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    ...(answerMs !== null && { query_timeout: answerMs }),
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    // Not among the options of the connection, which a pooler refuses.
    ...(answerMs !== null && { onConnect: (client) => limitLocks(client, answerMs) }),
  })
  const tell = (error: Error) => log.debug({ err: error }, 'a connection of the job engine broke')
  pool.on('error', tell)
  pool.on('connect', (client) => {
    client.on('error', tell)
    endWhenSilent(client)
  })
  return pool
}

/** Before whatever is asked of the connection first: the pool waits for it. */
async function limitLocks(client: pg.ClientBase, answerMs: number): Promise<void> {
  await client.query(`set lock_timeout = ${Math.round(answerMs * LOCK_SHARE)}`)
}

/** Whoever borrowed it may give it back for well: graphile-worker does, and the pool would lend it again. */
function endWhenSilent(client: pg.PoolClient): void {
  const { query } = client
  const ask = (...values: unknown[]): unknown => {
    const asked: unknown = Reflect.apply(query, client, values)
    if (asked instanceof Promise) asked.catch((error: unknown) => isLost(error) && void client.end())
    return asked
  }
  // The same function, of which nothing but the end is looked at.
  client.query = ask as typeof query
}
