import { lockSlots, wakeBlocked } from './slots'
import type { AnySql } from './sql'
import { wakeThrottled } from './throttle-run'

export type Leaving = {
  readonly throttle: string | null
  readonly calledTo: string | null
  readonly keeps: string | null
  readonly slots: readonly string[]
  /** It runs, or is just about to: others may stand behind it. */
  readonly ahead: boolean
}

/** Locks the lines and places of open runs, then the runs themselves. Answers what they leave when they end now. */
export async function lockLeaving(tx: AnySql, ids: readonly string[]): Promise<readonly Leaving[]> {
  const before = await readLeaving(tx, ids)
  // Before the rows: whoever leaves a slot locks it, and then the row that it calls.
  await lockSlots(tx, before.flatMap(linesOf))
  await tx`select from job_runs where id = any(${[...ids]}::uuid[]) order by id for update`
  return readLeaving(tx, ids)
}

function readLeaving(tx: AnySql, ids: readonly string[]) {
  return tx<Leaving>`
    select throttle, called_to as "calledTo", keeps, slots, blocked_on is null as ahead from job_runs
    where id = any(${[...ids]}::uuid[]) and finished_at is null`
}

function linesOf({ throttle, calledTo, keeps, slots }: Leaving): readonly string[] {
  return [throttle, calledTo, keeps, ...slots].filter((line) => line !== null)
}

/** Lets the next ones go on in the lines, and at the places, that these runs have left. */
export async function passOn(tx: AnySql, leaving: readonly Leaving[]): Promise<void> {
  const free = leaving.flatMap(({ calledTo, keeps, slots, ahead }) => [calledTo, keeps, ...(ahead ? slots : [])])
  await wakeBlocked(tx, [...new Set(free.filter((slot) => slot !== null))])
  for (const throttle of new Set(leaving.map(({ throttle }) => throttle))) {
    if (throttle !== null) await wakeThrottled(tx, throttle)
  }
}
