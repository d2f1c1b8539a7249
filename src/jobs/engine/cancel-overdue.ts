import { cancelRuns } from './cancel-runs'
import type { Engine } from './turn'

/**
 * Cancels begun runs whose `timeouts.finish` is over while they wait in the line of a full place: nobody drives them, and
 * their turn may not come for long. Answers how many.
 */
export async function cancelOverdue({ sql, registry, log }: Engine): Promise<number> {
  const limited = [...registry.values()].flatMap(({ id, timeouts: { finishMs } }) =>
    finishMs === null ? [] : { id, finishMs },
  )
  if (limited.length === 0) return 0
  const overdue = await sql<{ id: string }>`
    select r.id from unnest(${limited.map(({ id }) => id)}::text[], ${limited.map(({ finishMs }) => finishMs)}::float8[]) n (fn, ms)
    join job_runs r on r.function_id = n.fn
    where r.blocked_on is not null and r.state in ('queued', 'sleeping')
      and r.started_at + n.ms * interval '1 ms' <= now()`
  if (overdue.length === 0) return 0
  const cancelled = await sql.begin((tx) =>
    cancelRuns(
      tx,
      overdue.map(({ id }) => id),
    ),
  )
  log.info({ runs: cancelled.length }, 'jobs in a line took longer than their timeouts allow')
  return cancelled.length
}
