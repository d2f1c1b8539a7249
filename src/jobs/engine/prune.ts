import { forgetListeners } from './catch-up'
import { ROUTE_TASKS } from './known'
import { type EngineSql, PRUNE_TASK } from './sql'

/** Days for which what has ended is kept. */
export type Retention = { readonly finished: number; readonly failed: number; readonly events: number }

export const DEFAULT_RETENTION: Retention = { finished: 14, failed: 60, events: 7 }

const BATCH = 1000
const EVERY = '1 hour'

/** Deletes what is too old, a batch a statement, so that no lock is held for long; then sets its own next alarm. */
export async function prune(sql: EngineSql, retention: Retention): Promise<void> {
  await inBatches(() => deleteRuns(sql, ['completed', 'cancelled'], retention.finished))
  await inBatches(() => deleteRuns(sql, ['failed'], retention.failed))
  await inBatches(() => deleteRuns(sql, ['skipped'], retention.events))
  await inBatches(() => deleteEvents(sql, retention.events))
  await inBatches(() => deleteRates(sql))
  await inBatches(() => deleteDebounces(sql, retention.events))
  await deleteGivenUp(sql, retention.events)
  await forgetListeners(sql)
  await schedulePrune(sql)
}

/** The same key from every worker: one alarm. */
export async function schedulePrune(sql: EngineSql): Promise<void> {
  await sql`
    select graphile_worker.add_job(${PRUNE_TASK}, run_at => now() + ${EVERY}::interval, job_key => ${PRUNE_TASK},
      job_key_mode => 'preserve_run_at') is not null`
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<void> {
  while ((await deleteBatch()) === BATCH);
}

async function deleteRuns(sql: EngineSql, states: readonly string[], days: number): Promise<number> {
  const gone = await sql`
    delete from job_runs where id in (
      select id from job_runs where state = any(${[...states]}::text[]) and finished_at < now() - ${days} * interval '1 day'
      limit ${BATCH}
    )`
  return gone.count
}

async function deleteEvents(sql: EngineSql, days: number): Promise<number> {
  const gone = await sql`
    delete from job_events where id in (
      select id from job_events where received_at < now() - ${days} * interval '1 day' limit ${BATCH}
    )`
  return gone.count
}

/** A rate whose time is past says nothing. One that is just being asked is left for the next time. */
async function deleteRates(sql: EngineSql): Promise<number> {
  const gone = await sql`
    delete from job_rates where key in (
      select key from job_rates where tat < extract(epoch from now()) * 1000 limit ${BATCH} for update skip locked
    )`
  return gone.count
}

/** Those of functions that no release knows any more: the others fire when they are due. */
async function deleteDebounces(sql: EngineSql, days: number): Promise<number> {
  const gone = await sql`
    delete from job_debounces where key in (
      select key from job_debounces where due_at < now() - ${days} * interval '1 day' limit ${BATCH} for update skip locked
    )`
  return gone.count
}

/** Calls of the queue for events that were left to a release which has never come back, and those that were given up. */
async function deleteGivenUp(sql: EngineSql, days: number): Promise<void> {
  await sql`
    select graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs
      where (starts_with(task_identifier, ${ROUTE_TASKS}) or attempts >= max_attempts)
        and run_at < now() - ${days} * interval '1 day'))`
}
