import { sql } from 'drizzle-orm'
import journal from '../../drizzle/meta/_journal.json'
import type { Database } from './client'

export type DatabaseState =
  | { readonly reached: false }
  | { readonly reached: true; readonly missing: readonly string[] }

/** Whether the database answers within 3 s, and which migrations of this release it has not seen. */
export async function checkDatabase(db: Database): Promise<DatabaseState> {
  try {
    const asked = db.execute<{ last: string | null }>(
      sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
    )
    const [row] = await Promise.race([asked, refuseAfter(3_000)])
    return { reached: true, missing: missingSince(Number(row?.last ?? 0)) }
  } catch {
    // Refused, lost or too slow: all of it is the answer "not reached", which the caller tells.
    return { reached: false }
  }
}

function refuseAfter(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the database is too slow')), milliseconds).unref()
  })
}

/** Drizzle stores the time of the last migration that ran. */
function missingSince(last: number): readonly string[] {
  return journal.entries.filter((entry) => entry.when > last).map((entry) => entry.tag)
}
