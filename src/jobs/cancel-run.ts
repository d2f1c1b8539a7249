import type { Deps } from '@/accounts/context'
import { driverPool } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { cancelRuns } from './engine/cancel-runs'
import { sqlOf } from './engine/sql'
import type { Requester } from './rules-requester'

/**
 * Cancels a run of the embedded engine, wherever it is: queued, asleep or at work, and keeps who did it. A step that is at
 * work ends, its result does not count, and no other begins. Throws `not_found`, and `conflict` for a run that has ended.
 */
export async function cancelRun({ db }: Pick<Deps, 'db'>, runId: string, by: Requester): Promise<void> {
  const sql = sqlOf(driverPool(db))
  const cancelled = await sql.begin(async (tx) => {
    const ids = await cancelRuns(tx, [runId])
    await tx`update job_runs set cancelled_by = ${by} where id = any(${[...ids]}::uuid[])`
    return ids
  })
  if (cancelled.length > 0) return
  const known = await sql`select from job_runs where id = ${runId}`
  if (known.count === 0) throw new AppError('not_found', `there is no run ${runId}`, { reason: 'jobs.noRun' })
  throw new AppError('conflict', `run ${runId} has ended`, { reason: 'jobs.ended' })
}
