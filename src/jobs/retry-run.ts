import { type Database, driverPool } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import type { JobsDesk } from './desk'
import { insertRuns, newRun } from './engine/admit-run'
import { sqlOf } from './engine/sql'
import { findFunction } from './run-now'

type RetryDeps = { readonly db: Database; readonly jobs: JobsDesk }
type Old = { functionId: string; eventId: string | null; event: string; ended: boolean }

/**
 * Begins a run again that has ended: a new run of the same function with the same event, which names the old one. All its
 * steps run again, and the limits of the function hold. Answers the new run's id. Throws `not_found` (also where this
 * release has no such function), and `conflict` for a run that has not ended.
 */
export async function retryRun({ db, jobs }: RetryDeps, runId: string): Promise<string> {
  const sql = sqlOf(driverPool(db))
  const [old] = await sql<Old>`
    select function_id as "functionId", event_id as "eventId", event, finished_at is not null as ended
    from job_runs where id = ${runId}`
  if (!old) throw new AppError('not_found', `there is no run ${runId}`, { reason: 'jobs.noRun' })
  if (!old.ended) throw new AppError('conflict', `run ${runId} has not ended`, { reason: 'jobs.notEnded' })
  const fn = await findFunction(jobs, old.functionId)
  const run = newRun(fn, JSON.parse(old.event), { id: old.eventId, payload: old.event })
  await sql.begin(async (tx) => {
    await insertRuns(tx, [run])
    await tx`update job_runs set retry_of = ${runId} where id = ${run.id}`
  })
  return run.id
}
