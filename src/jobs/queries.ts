import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

export type EngineState = {
  /** Seconds by which the oldest due run waits; 0 when none does. Runs that wait for a concurrency limit do not count. */
  readonly lagSeconds: number
  readonly running: number
  readonly sleeping: number
  readonly failedLastHour: number
  /** Engines that were seen within the last 15 seconds. */
  readonly workers: number
}

type Row = {
  lag: number | null
  running: number
  sleeping: number
  failed: number
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
      (select count(*)::int from job_workers where seen_at > now() - interval '15 seconds') as workers`)
  if (!row) throw new Error('the database told nothing of the jobs')
  const { running, sleeping, failed, workers } = row
  return { lagSeconds: Math.max(0, row.lag ?? 0), running, sleeping, failedLastHour: failed, workers }
}
