import type { ExtractTablesWithRelations } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'

type NoSchema = Record<string, never>

/** The pool, as the login role: sees no tenant's row. Use `withWorkspace` or `withSystem` for those. */
export type Database = PostgresJsDatabase<NoSchema> & { readonly $client: Sql }
export type Transaction = PostgresJsTransaction<NoSchema, ExtractTablesWithRelations<NoSchema>>

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

/** Opens a pool; nothing is sent before the first query. Close with `db.$client.end()`. */
export function openDatabase(options: PoolOptions): Database {
  const client = postgres(options.url, {
    max: options.max ?? 10,
    idle_timeout: options.idleSeconds ?? 60,
    max_lifetime: options.lifetimeSeconds ?? 1800,
    connection: { application_name: options.name ?? 'gleaner' },
    onnotice: () => undefined,
  })
  return drizzle(client, { casing: 'snake_case' })
}
