import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'

/** A fingerprint of all that the database holds, but for the counts of attempts and requests, the sites' robots.txt, and when somebody was last seen. */
export async function contentsOf(db: Database): Promise<string> {
  return withSystem(db, 'test', async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('rate_limits', 'hosts', 'robots')`)
    const parts = tables.map(
      ({ name }) => sql`
      select ${name} as name, coalesce(md5(string_agg(j.text, ' ' order by j.text)), '') as sum
      from ${sql.identifier(name)} t, lateral (select (to_jsonb(t) - 'last_used_at' - 'last_seen_at')::text as text) j`,
    )
    // So many branches may be read side by side, and come in any order.
    return JSON.stringify(await tx.execute(sql`${sql.join(parts, sql` union all `)} order by name`))
  })
}
