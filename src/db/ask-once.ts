import pg from 'pg'
import { nameLoss } from './lost-connection'

type AnyRow = Readonly<Record<string, unknown>>

/** Asks one thing on a connection of its own: before there is a pool, or as another role. Throws after 5 s without one. */
export async function askOnce<Row extends AnyRow = AnyRow>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  // A cut is told by the query; unheard, this event would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(text, values)
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? []
  } catch (error) {
    throw nameLoss(error)
  } finally {
    await client.end()
  }
}
