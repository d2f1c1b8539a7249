import postgres, { type ISql, type Sql } from 'postgres'

/** The engine's own connection pool; its hot statements are prepared, which Drizzle's are not. */
export type EngineSql = Sql
/** A pool or a transaction: statements that may be part of a greater whole take this. */
export type AnySql = ISql

/** OIDs of the arrays that we send: text, uuid, integer, double precision, timestamptz. */
const ARRAYS = [1009, 2951, 1007, 1022, 1185]

/**
 * Opens a pool; nothing is sent before the first query. The driver's own look at the array types is left out: a
 * connection that is cut during it ends the process with an unhandled rejection.
 */
export function openSql(url: string, max: number): EngineSql {
  return postgres(url, {
    max,
    idle_timeout: 60,
    connection: { application_name: 'gleaner jobs' },
    onnotice: () => undefined,
    fetch_types: false,
    types: Object.fromEntries(ARRAYS.map((oid) => [`array ${oid}`, arrayType(oid)])),
  })
}

/** Sent only: what comes back as an array is selected as JSON. */
function arrayType(oid: number) {
  return { to: oid, from: [], serialize: toArrayLiteral, parse: (text: string) => text }
}

/** PostgreSQL's text form of a one-dimensional array. */
function toArrayLiteral(values: readonly (string | number | null)[]): string {
  const items = values.map((value) => (value === null ? 'NULL' : `"${String(value).replace(/["\\]/g, '\\$&')}"`))
  return `{${items.join(',')}}`
}

/** Adds or moves the wake-up of each run of the CTE `r (id, function_id, due_at)`; one wake-up a run, by its key. */
export function wakeUp(sql: AnySql) {
  return sql`graphile_worker.add_job('gleaner/run/' || r.function_id, json_build_object('run', r.id),
    run_at => r.due_at, job_key => 'run/' || r.id)`
}

export const EVENTS_TASK = 'gleaner/events'
export const CRON_TASK = 'gleaner/cron'
export const PRUNE_TASK = 'gleaner/prune'

/** Each function has a task of its own, so that a process of an older release leaves alone what it does not know. */
export function runTask(functionId: string): string {
  return `gleaner/run/${functionId}`
}
