import { catchUp } from './catch-up'
import { registerCrons } from './crons'
import { mendLines } from './mend-lines'
import { type AnySql, debounceTask, EVENTS_TASK, wakeAll } from './sql'
import { tellEnd } from './tell-listeners'
import { tellParent } from './tell-parent'
import type { Engine } from './turn'

/** So old must a due run or an unrouted event be before its wake-up counts as lost. */
export const FORGOTTEN_SECONDS = 15
const BATCH = 500
/** Of events: those from before the queue's schema was there may be many, and nobody else is called to them. */
const MOST_BATCHES = 20

/**
 * Wakes what should have been woken: events from before the queue's schema was there, runs whose wake-up is gone or was
 * given up, runs that wait for a slot which nobody holds, functions whose release was away. The rows are the truth, graphile-worker's jobs only call to them.
 */
export async function wakeForgotten(engine: Engine, seconds: number): Promise<void> {
  const { sql } = engine
  await sql`
    with e as (
      select id, (row_number() over (order by received_at, id) - 1) / ${BATCH} as n from job_events
      where routed_at is null and received_at < now() - ${seconds} * interval '1 second'
      order by received_at, id limit ${BATCH * MOST_BATCHES}
    ), calls as (
      select (${EVENTS_TASK}::text, json_build_object('events', json_agg(id)), null, null, null, 'events/forgotten/' || n,
        null, null)::graphile_worker.job_spec as spec from e group by n
    )
    select count(j) from (select array_agg(spec) as specs from calls having count(*) > 0) s,
      graphile_worker.add_jobs(s.specs) j`
  await sql`
    with r as (
      select id, function_id, due_at from job_runs
      where state in ('queued', 'sleeping') and blocked_on is null and due_at < now() - ${seconds} * interval '1 second'
        and not exists (
          select from graphile_worker.jobs j where j.key = 'run/' || job_runs.id and j.attempts < j.max_attempts)
      order by due_at limit ${BATCH}
    ) ${wakeAll(sql)}`
  await registerCrons(engine)
  await wakeDebounces(sql, seconds)
  await mendLines(engine)
  await catchUp(engine)
}

async function wakeDebounces(sql: AnySql, seconds: number): Promise<void> {
  await sql`
    with d as (
      select key, function_id from job_debounces
      where due_at < now() - ${seconds} * interval '1 second'
        and not exists (
          select from graphile_worker.jobs j
          where j.key = 'debounce/' || job_debounces.key and j.attempts < j.max_attempts)
      order by due_at limit ${BATCH}
    )
    select count(graphile_worker.add_job(${debounceTask('')} || function_id, json_build_object('key', key),
      job_key => 'debounce/' || key)) from d`
}

/**
 * Unlocks jobs of the queue whose worker is not known: it died between its first job and its first sign of life, which
 * tells the name of its queue. Those of known workers are unlocked with the worker.
 */
export async function unlockUnknown({ sql }: Engine, leaseSeconds: number): Promise<void> {
  await sql`
    select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker.jobs j
      where locked_at < now() - ${leaseSeconds} * interval '1 second'
        and not exists (select from job_workers w where j.locked_by = any(w.pool_ids))
    ))`
}

/** So long a run waits for a release that knows its function: a deploy may run two releases side by side. */
const ORPHAN_GRACE = '1 hour'

type Orphan = {
  runId: string
  functionId: string
  event: string
  error: string
  parentRunId: string | null
  parentHash: string | null
}

/** Fails the runs of functions that no living worker knows any more, so that they do not wait for ever, and tells who invoked them. */
export async function failOrphans(engine: Engine): Promise<void> {
  const known = [...engine.registry.keys()]
  const failed = await engine.sql.begin(async (tx) => {
    const orphans = await tx<Orphan>`
      with r as (
        update job_runs set state = 'failed', finished_at = now(), due_at = null, blocked_on = null,
          error = json_build_object('name', 'Error', 'message', 'no function ' || function_id || ' in this release')::text
        where state in ('queued', 'sleeping') and due_at < now() - ${ORPHAN_GRACE}::interval
          and not function_id = any(${known}::text[])
          and not exists (
            select from job_workers w, jsonb_array_elements(w.functions) f where f ->> 'id' = job_runs.function_id)
        returning id, function_id, event, error, parent_run_id, parent_hash
      ), waits as (delete from job_waits where run_id in (select id from r))
      select id as "runId", function_id as "functionId", event, error, parent_run_id as "parentRunId",
        parent_hash as "parentHash" from r`
    for (const { error, parentRunId, parentHash, ...run } of orphans) {
      const parent = parentRunId && parentHash ? { runId: parentRunId, hash: parentHash } : null
      if (parent) await tellParent(tx, parent, { error })
      await tellEnd(tx, engine.registry, { ...run, parent }, 'failed', { error })
    }
    return orphans.length
  })
  if (failed > 0) engine.log.warn({ runs: failed }, 'runs of functions that are gone were failed')
}
