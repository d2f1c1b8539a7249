import type { Pool, PoolClient, QueryArrayConfig, QueryConfig, QueryResult } from 'pg'
import { isBroken, nameLoss } from './lost-connection'

/** What a statement answers: its rows, and how many it answered or changed. */
export type Rows<Row> = Row[] & { readonly count: number }

type Config = QueryConfig | QueryArrayConfig
/** All that Drizzle asks of a driver: a pool, or one connection of it for the time of a transaction. */
export type Line = { readonly query: (config: Config, values: unknown[]) => Promise<unknown> }

export function poolLine(pool: Pool): Line {
  return {
    query: async (config, values) => {
      const line = lendLine(await connect(pool))
      return line.query(config, values).finally(line.giveBack)
    },
  }
}

export type LentLine = Line & {
  /** From now on nothing is taken but the end of the transaction. */
  readonly finish: () => void
  readonly giveBack: () => void
}

/**
 * One connection, lent to one transaction: its statements go one after the other, none after `finish` but the one that
 * ends it, and none at all after `giveBack`. A part of `work` that outlives its transaction would else write what
 * nothing rolls back, or speak on a connection that by then serves another workspace.
 */
export function lendLine(client: PoolClient): LentLine {
  let last: Promise<unknown> = Promise.resolve()
  let state: 'open' | 'finishing' | 'over' = 'open'
  let broken = false
  const send = async (config: Config, values: unknown[]) => {
    if (state === 'over') throw transactionOver()
    try {
      return await ask(client, config, values)
    } catch (error) {
      broken ||= isBroken(error)
      throw error
    }
  }
  return {
    query: async (config, values) => {
      if (state !== 'open' && !endsTransaction(config)) throw transactionOver()
      const answer = last.then(() => send(config, values))
      last = answer.catch(() => undefined)
      return answer
    },
    finish: () => {
      state = 'finishing'
    },
    giveBack: () => {
      state = 'over'
      client.release(broken)
    },
  }
}

function endsTransaction({ text }: Config): boolean {
  return text === 'commit' || text === 'rollback'
}

function transactionOver(): Error {
  return new Error('The transaction is over: nothing can be asked in it any more')
}

export async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw nameLoss(error)
  }
}

async function ask(client: PoolClient, config: Config, values: unknown[]): Promise<unknown> {
  try {
    const result: QueryResult | QueryResult[] = await client.query(config, values)
    // Several statements in one text, which only one without values can be, are answered by the last.
    return asRows(Array.isArray(result) ? result.at(-1) : result)
  } catch (error) {
    throw nameLoss(error)
  }
}

/** The rows themselves, which is what `execute` promises; Drizzle's own queries look for them under `rows`. */
function asRows(result: QueryResult | undefined): unknown {
  const rows = result?.rows ?? []
  return Object.defineProperties(rows, { rows: { value: rows }, count: { value: result?.rowCount ?? 0 } })
}
