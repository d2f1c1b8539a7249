import { type EngineFunction, limitOf } from './registry'
import { type AnySql, wakeUp } from './sql'

/** First key of the advisory locks on slots; any constant that nobody else uses. */
const LOCKS = 7_263_416

/** Keeps others from counting or leaving these slots until the transaction ends. */
export async function lockSlots(tx: AnySql, slots: readonly string[]): Promise<void> {
  if (slots.length === 0) return
  await tx`select pg_advisory_xact_lock(${LOCKS}, hashtext(slot)) from unnest(${[...slots]}::text[]) slot`
}

/** The first slot whose limit is reached by running runs; call under `lockSlots`. */
export async function findFull(tx: AnySql, fn: EngineFunction, slots: readonly string[]): Promise<string | null> {
  const held = await tx<{ slot: string; runs: number }>`
    select slot, (select count(*)::int from job_runs where state = 'running' and slot = any(slots)) as runs
    from unnest(${[...slots]}::text[]) slot`
  return held.find(({ slot, runs }) => runs >= limitOf(fn, slot))?.slot ?? null
}

/** Lets the run wait for a full slot, and gives its turn on the others to the next in line. */
export async function block(tx: AnySql, runId: string, full: string, slots: readonly string[]): Promise<void> {
  await tx`update job_runs set blocked_on = ${full} where id = ${runId} and state in ('queued', 'sleeping')`
  const free = slots.filter((slot) => slot !== full)
  await wakeBlocked(tx, free)
}

/** Calls the run that has waited longest for each slot; call under `lockSlots`, after leaving the slot. */
export async function wakeBlocked(tx: AnySql, slots: readonly string[]): Promise<void> {
  if (slots.length === 0) return
  await tx`
    with r as (
      update job_runs set blocked_on = null where id in (
        select distinct on (blocked_on) id from job_runs
        where blocked_on = any(${[...slots]}::text[]) order by blocked_on, created_at, id
      ) returning id, function_id, due_at
    ) select count(${wakeUp(tx)}) from r`
}
