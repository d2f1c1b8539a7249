import { setTimeout as sleep } from 'node:timers/promises'
import type { Assume } from 'drizzle-orm'
import { PgDatabase, PgDialect, type PgQueryResultHKT, type PgTransaction } from 'drizzle-orm/pg-core'
import pg from 'pg'
import type { Rows } from './line'
import { type NoSchema, type NoTables, PoolSession } from './session'

/** `execute` answers the rows. */
interface Answer extends PgQueryResultHKT {
  type: Rows<Assume<this['row'], Record<string, unknown>>>
}

/** The pool, as the login role: sees no tenant's row. Use `withWorkspace` or `withSystem` for those. */
export type Database = PgDatabase<Answer, NoSchema>
export type Transaction = PgTransaction<Answer, NoSchema, NoTables>

export type PoolOptions = {
  readonly url: string
  /** Most connections at a time. */
  readonly max?: number
  /** Seconds after which an unused connection is closed. */
  readonly idleSeconds?: number
  /** Seconds after which a connection is replaced, so that a failover or a new password is noticed. */
  readonly lifetimeSeconds?: number
  readonly name?: string
}

type Held = { readonly pool: pg.Pool; readonly clients: Set<pg.PoolClient>; readonly closers: Set<() => Promise<void>> }

/** Whoever cannot have a connection in that time is told so, rather than to wait for ever. */
const CONNECT_MS = 30_000
const held = new WeakMap<Database, Held>()

/** Opens a pool; nothing is sent before the first query. Close with `closeDatabase`. */
export function openDatabase(options: PoolOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    idleTimeoutMillis: (options.idleSeconds ?? 60) * 1000,
    maxLifetimeSeconds: options.lifetimeSeconds ?? 1800,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: options.name ?? 'gleaner',
  })
  const dialect = new PgDialect({ casing: 'snake_case' })
  const db: Database = new PgDatabase(dialect, new PoolSession(pool, dialect), undefined)
  held.set(db, { pool, clients: watchClients(pool), closers: new Set() })
  return db
}

/** Unheard, the `error` of a connection that is cut would end the process; who used it is told by the query itself. */
function watchClients(pool: pg.Pool): Set<pg.PoolClient> {
  const clients = new Set<pg.PoolClient>()
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    clients.add(client)
    client.on('error', () => undefined)
  })
  pool.on('remove', (client) => clients.delete(client))
  return clients
}

/** The driver's pool below, for what Drizzle has no words for. */
export function driverPool(db: Database): pg.Pool {
  return heldBy(db).pool
}

/** What else has to be closed with the pool. */
export function onClose(db: Database, close: () => Promise<void>): void {
  heldBy(db).closers.add(close)
}

/** Lets queries that run end, cuts them off after `seconds`, and resolves when no connection is left. */
export async function closeDatabase(db: Database, seconds = 5): Promise<void> {
  const { pool, clients, closers } = heldBy(db)
  if (pool.ending) return
  const until = Date.now() + seconds * 1000
  const open = new Set<unknown>([pool, ...closers])
  for (const close of closers) void close().finally(() => open.delete(close))
  void pool.end().finally(() => open.delete(pool))
  while (open.size + clients.size > 0 && Date.now() < until) await sleep(5)
  for (const client of clients) void client.end()
}

function heldBy(db: Database): Held {
  const known = held.get(db)
  if (!known) throw new Error('This is no database of openDatabase')
  return known
}
