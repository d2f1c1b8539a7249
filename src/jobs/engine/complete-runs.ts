import type { AnySql } from './sql'
import type { Turn } from './turn'

/** A run that has ended well; `output` is JSON. */
export type Completion = { readonly turn: Pick<Turn, 'runId' | 'leaseId'>; readonly output: string }

/**
 * Ends runs that leave nothing behind by one statement, each only while its turn holds the lease; answers for each. Ends
 * none while somebody waits for `inngest/function.finished`, who is told of each in a transaction of its own.
 */
export async function completeRuns(sql: AnySql, ends: readonly Completion[]): Promise<readonly boolean[]> {
  const sorted = [...ends].sort((a, b) => (a.turn.runId < b.turn.runId ? -1 : 1))
  const ended = await sql<{ id: string }>`
    with r as (
      update job_runs set state = 'completed', output = n.output, error = null, finished_at = now(), due_at = null,
        lease_id = null, worker_id = null
      from unnest(${sorted.map(({ turn }) => turn.runId)}::uuid[], ${sorted.map(({ turn }) => turn.leaseId)}::uuid[],
        ${sorted.map(({ output }) => output)}::text[]) n (id, lease, output)
      where job_runs.id = n.id and job_runs.lease_id = n.lease
        and not exists (select from job_waits where event = 'inngest/function.finished')
      returning job_runs.id
    ), waits as (delete from job_waits where run_id in (select id from r))
    select id from r`
  const done = new Set(ended.map(({ id }) => id))
  return ends.map(({ turn }) => done.has(turn.runId))
}
