import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import type { JobsDesk } from './desk'

type CronRow = { function_id: string; cron: string; next_at: string; last_at: string | null }
type LastRow = { function_id: string; state: 'completed' | 'failed'; id: string; finished_at: string }

/** Every function of this release: what begins it, when its schedule ticks next, and how it last ended. */
export async function listFunctions(db: Database, desk: JobsDesk) {
  const registry = await desk.registry()
  const crons = await db.execute<CronRow>(sql`
    select function_id, cron, ${iso(sql`next_at`)} as next_at, ${iso(sql`last_at`)} as last_at from job_crons`)
  const ends = await readEnds(db, [...registry.keys()])
  return [...registry.values()].map((fn) => ({
    id: fn.id,
    events: fn.events.map(({ name }) => name),
    crons: fn.crons.map(({ text }) => {
      const row = crons.find((one) => one.function_id === fn.id && one.cron === text)
      return { text, nextAt: row?.next_at ?? null, lastAt: row?.last_at ?? null }
    }),
    tries: fn.tries,
    lastSuccess: endOf(ends, fn.id, 'completed'),
    lastFailure: endOf(ends, fn.id, 'failed'),
  }))
}

/** What the engine refuses in this release, so that its worker does not start; null: nothing. */
export async function refusedFunction({ registry }: JobsDesk): Promise<string | null> {
  return registry().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

/** The last run of each function that ended in each way. Failures are few: the index of their ends has them together. */
function readEnds(db: Database, functionIds: readonly string[]) {
  return db.execute<LastRow>(sql`
    with f as (select unnest(${sql.param([...functionIds])}::text[]) as function_id)
    select f.function_id, r.state, r.id, ${iso(sql`r.finished_at`)} as finished_at
    from f, lateral (
      (select id, state, finished_at from job_runs
        where function_id = f.function_id and state = 'completed' order by created_at desc limit 1)
      union all
      (select id, state, finished_at from job_runs
        where function_id = f.function_id and state = 'failed' and finished_at is not null
        order by finished_at desc limit 1)
    ) r`)
}

function endOf(ends: readonly LastRow[], functionId: string, state: LastRow['state']) {
  const row = ends.find((one) => one.function_id === functionId && one.state === state)
  return row ? { run: row.id, at: row.finished_at } : null
}

function iso(column: ReturnType<typeof sql>) {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
