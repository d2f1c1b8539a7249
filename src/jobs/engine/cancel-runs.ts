import { lockLeaving, passOn } from './release-run'
import type { AnySql } from './sql'
import { tellCancelled } from './tell-listeners'
import { tellParent } from './tell-parent'

/** The words that Inngest has for it, in the event and for whoever invoked the run. */
const ERROR = { name: 'Error', message: 'function cancelled' }

type Row = { id: string; functionId: string; event: string; parentRunId: string | null; parentHash: string | null }

/**
 * Cancels those of the runs that have not ended, wherever they are: a step that is at work ends, but its result is not
 * stored and no other begins. Their places go to the next in each line. Who invoked the run gets an error, who listens to `inngest/function.cancelled` an event. Answers the ids.
 */
export async function cancelRuns(tx: AnySql, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const leaving = await lockLeaving(tx, ids)
  const rows = await tx<Row>`
    with waits as (delete from job_waits where run_id = any(${[...ids]}::uuid[]))
    update job_runs set state = 'cancelled', finished_at = now(), due_at = null, blocked_on = null, lease_id = null,
      worker_id = null, error = ${JSON.stringify(ERROR)}
    where id = any(${[...ids]}::uuid[]) and finished_at is null
    returning id, function_id as "functionId", event, parent_run_id as "parentRunId", parent_hash as "parentHash"`
  await tellOthers(tx, rows)
  await passOn(tx, leaving)
  return rows.map(({ id }) => id)
}

async function tellOthers(tx: AnySql, rows: readonly Row[]): Promise<void> {
  const error = JSON.stringify(ERROR)
  const runs = rows.map(({ id: runId, functionId, event, parentRunId, parentHash }) => {
    const parent = parentRunId !== null && parentHash !== null ? { runId: parentRunId, hash: parentHash } : null
    return { runId, functionId, event, parent }
  })
  await tellCancelled(tx, runs, error)
  for (const { parent } of runs) if (parent) await tellParent(tx, parent, { error })
}
