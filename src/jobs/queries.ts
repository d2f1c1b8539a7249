import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

export type EngineState = {
  /** Seconds by which the oldest due run waits; 0 when none does. Runs that wait for a concurrency limit do not count. */
  readonly lagSeconds: number
  readonly running: number
  readonly sleeping: number
  readonly failedLastHour: number
  /** Runs at work whose worker has not been seen for 30 seconds, though others should have taken them. */
  readonly stuckLeases: number
  /** Engines that were seen within the last 15 seconds. */
  readonly workers: number
}

type Row = {
  lag: number | null
  running: number
  sleeping: number
  failed: number
  stuck: number
  workers: number
}

/** How the embedded engine does, for the health check and the page of jobs. Each count reads an index alone. */
export async function engineHealth(db: Database): Promise<EngineState> {
  const [row] = await db.execute<Row>(sql`
    select
      (select extract(epoch from now() - min(due_at))::float8 from job_runs
        where state in ('queued', 'sleeping') and blocked_on is null) as lag,
      (select count(*)::int from job_runs where state = 'running') as running,
      (select count(*)::int from job_runs
        where state in ('queued', 'sleeping') and blocked_on is null and due_at > now()) as sleeping,
      (select count(*)::int from job_runs where state = 'failed' and finished_at > now() - interval '1 hour') as failed,
      (select count(*)::int from job_runs where state = 'running' and not exists (
        select from job_workers w where w.id = worker_id and w.seen_at > now() - interval '30 seconds')) as stuck,
      (select count(*)::int from job_workers where seen_at > now() - interval '15 seconds') as workers`)
  if (!row) throw new Error('the database told nothing of the jobs')
  const { lag, running, sleeping, workers, failed: failedLastHour, stuck: stuckLeases } = row
  return { lagSeconds: Math.max(0, lag ?? 0), running, sleeping, failedLastHour, stuckLeases, workers }
}

export type ScheduleState = {
  readonly functionId: string
  readonly cron: string
  /** Seconds until its next tick; below 0 it is late by so much. */
  readonly nextSeconds: number
  /** Seconds since a run of it ended well; null: none is kept. */
  readonly lastSuccessSeconds: number | null
}

/** Every schedule of the embedded engine: when it ticks next, and how long ago it last went well. */
export async function readSchedules(db: Database): Promise<readonly ScheduleState[]> {
  return db.execute<ScheduleState>(sql`
    select c.function_id as "functionId", c.cron,
      extract(epoch from c.next_at - now())::float8 as "nextSeconds",
      extract(epoch from now() - (
        select finished_at from job_runs r
        where r.function_id = c.function_id and r.state = 'completed' order by r.created_at desc limit 1
      ))::float8 as "lastSuccessSeconds"
    from job_crons c order by 1, 2`)
}

/** Calls of the queue of one kind (`run`, `events`, `cron`, …) that fail again and again, or that it has given up. */
export type QueueTrouble = { readonly task: string; readonly failing: number; readonly givenUp: number }

export type QueueState = {
  readonly trouble: readonly QueueTrouble[]
  /** Events that could not be routed within the last hour; each keeps its error. */
  readonly refusedLastHour: number
}

/** By then it has failed for minutes: no passing fault. */
const MANY_TRIES = 5

/** What the embedded engine's queue could not do. */
export async function queueHealth(db: Database): Promise<QueueState> {
  const [row] = await db.execute<{ ready: boolean; refused: number }>(sql`
    select to_regclass('graphile_worker.jobs') is not null as ready,
      (select count(*)::int from job_events where error is not null and routed_at > now() - interval '1 hour') as refused`)
  // The queue’s own schema is made by the first worker.
  return { trouble: row?.ready ? await readTrouble(db) : [], refusedLastHour: row?.refused ?? 0 }
}

async function readTrouble(db: Database): Promise<readonly QueueTrouble[]> {
  return db.execute<QueueTrouble>(sql`
    select split_part(task_identifier, '/', 2) as task,
      count(*) filter (where attempts < max_attempts)::int as failing,
      count(*) filter (where attempts >= max_attempts)::int as "givenUp"
    from graphile_worker.jobs where attempts >= ${MANY_TRIES} and last_error is not null group by 1 order by 1`)
}
