import { lockSlots, wakeBlocked } from './slots'
import type { AnySql } from './sql'
import { wakeThrottled } from './throttle-run'

type Leaving = {
  readonly throttle: string | null
  readonly calledTo: string | null
  readonly keeps: string | null
  readonly slots: readonly string[]
  readonly running: boolean
}

/**
 * Cancels open runs, wherever they are: one that runs loses its lease, so that what its present step does no longer
 * counts. Their places go to the next in each line. Answers how many were open.
 */
export async function releaseRuns(tx: AnySql, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const before = await readLeaving(tx, ids)
  // Before the rows: whoever leaves a slot locks it, and then the row that it calls.
  await lockSlots(tx, before.flatMap(linesOf))
  const leaving = await readLeaving(tx, ids)
  const cancelled = await tx`
    update job_runs set state = 'cancelled', finished_at = now(), due_at = null, lease_id = null, worker_id = null,
      blocked_on = null
    where id = any(${[...ids]}::uuid[]) and finished_at is null`
  await passOn(tx, leaving)
  return cancelled.count
}

function readLeaving(tx: AnySql, ids: readonly string[]) {
  return tx<Leaving>`
    select throttle, called_to as "calledTo", keeps, slots, state = 'running' as running from job_runs
    where id = any(${[...ids]}::uuid[]) and finished_at is null`
}

function linesOf({ throttle, calledTo, keeps, slots }: Leaving): readonly string[] {
  return [throttle, calledTo, keeps, ...slots].filter((line) => line !== null)
}

/** Lets the next ones go on in the lines, and at the places, that these runs have left. */
async function passOn(tx: AnySql, leaving: readonly Leaving[]): Promise<void> {
  const free = leaving.flatMap(({ calledTo, keeps, slots, running }): readonly (string | null)[] =>
    running ? slots : [calledTo, keeps],
  )
  await wakeBlocked(tx, [...new Set(free.filter((slot) => slot !== null))])
  for (const { throttle } of leaving) if (throttle !== null) await wakeThrottled(tx, throttle)
}
