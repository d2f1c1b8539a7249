import { driverPool } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { beginByHand, findFunction, type HandDeps, requireEmbedded } from './begin-by-hand'
import { sqlOf } from './engine/sql'
import type { Requester } from './rules-requester'

type Old = { functionId: string; eventId: string | null; event: string; ended: boolean }

/**
 * Begins a run again that has ended: a new run of the same function with the same event, which names the old one and who
 * asked for it. All its steps run again. Answers the new run's id. Throws `not_found` (also where this release has no such
 * function), and `conflict` for a run that has not ended, while its singleton has an open run, or where an Inngest server
 * is in charge.
 */
export async function retryRun({ db, jobs }: HandDeps, runId: string, by: Requester): Promise<string> {
  requireEmbedded(jobs)
  const [old] = await sqlOf(driverPool(db))<Old>`
    select function_id as "functionId", event_id as "eventId", event, finished_at is not null as ended
    from job_runs where id = ${runId}`
  if (!old) throw new AppError('not_found', `there is no run ${runId}`, { reason: 'jobs.noRun' })
  if (!old.ended) throw new AppError('conflict', `run ${runId} has not ended`, { reason: 'jobs.notEnded' })
  const fn = await findFunction(jobs, old.functionId)
  const stored = { id: old.eventId, payload: old.event }
  return beginByHand(db, { fn, event: JSON.parse(old.event), stored, by, retryOf: runId })
}
