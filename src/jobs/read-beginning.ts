import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { isRecord } from './json'
import { readLength } from './show-json'

/** The first characters of a column that may hold megabytes: enough to show `most` of them. */
export function beginning<T extends string | null>(column: PgColumn, most: number): SQL<T> {
  return sql<T>`left(${column}, ${readLength(most)}::int)`
}

/** As an event is written: its name stands first, or after its id. */
const NAME = /^\{(?:"id":"[^"\\]*",)?"name":("(?:[^"\\]|\\.)*")/

/** The name in an event's JSON, or in its beginning; null where that does not hold it. */
export function nameIn(event: string): string | null {
  const [, name] = NAME.exec(event) ?? []
  const read = parse(name ?? event)
  if (typeof read === 'string') return read
  return isRecord(read) && typeof read.name === 'string' ? read.name : null
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // Cut before its name: nothing is known of it.
    return null
  }
}
