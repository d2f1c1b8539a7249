import type { ExtractTablesWithRelations } from 'drizzle-orm'
import { type NodePgClient, NodePgSession, type NodePgTransaction } from 'drizzle-orm/node-postgres'
import type { PgDialect, PgTransactionConfig } from 'drizzle-orm/pg-core'
import type { Pool } from 'pg'
import { connect, type Line, lendLine, poolLine } from './line'

export type NoSchema = Record<string, never>
export type NoTables = ExtractTablesWithRelations<NoSchema>
type Work<T> = (tx: NodePgTransaction<NoSchema, NoTables>) => Promise<T>

/**
 * Drizzle's session with transactions of our own. Drizzle's loses a connection for ever whose `begin` fails, tells a
 * failed `rollback` in the place of what went wrong, and lets statements into the next transaction of a connection.
 */
export class PoolSession extends NodePgSession<NoSchema, NoTables> {
  readonly #pool: Pool

  constructor(pool: Pool, dialect: PgDialect) {
    super(asClient(poolLine(pool)), dialect, undefined)
    this.#pool = pool
  }

  override async transaction<T>(work: Work<T>, config?: PgTransactionConfig): Promise<T> {
    const line = lendLine(await connect(this.#pool))
    const session = new NodePgSession<NoSchema, NoTables>(asClient(line), this.dialect, undefined)
    const first: { error?: unknown } = {}
    const watched: Work<T> = async (tx) => {
      try {
        return await work(tx)
      } catch (error) {
        first.error = error
        throw error
      } finally {
        line.finish()
      }
    }
    try {
      return await session.transaction(watched, config)
    } catch (error) {
      throw first.error ?? error
    } finally {
      line.giveBack()
    }
  }
}

/** Drizzle asks no more of a client than `query`. */
function asClient(line: Line): NodePgClient {
  return line as unknown as NodePgClient
}
