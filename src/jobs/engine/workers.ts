import { type Departed, rememberListeners } from './catch-up'
import type { Known } from './known'
import { type AnySql, type EngineSql, wakeUp } from './sql'
import type { Engine } from './turn'

export type Worker = {
  readonly id: string
  /** Of its queues; known once they have started, which they must not before this worker is seen to live. */
  readonly poolIds: () => readonly string[]
  readonly home: string
  readonly pid: number
  readonly known: Known
}

/** Says that this worker lives. Written anew when others have thought it dead. */
export async function beat(sql: AnySql, { id, poolIds, home, pid, known }: Worker): Promise<void> {
  await sql`
    insert into job_workers (id, pool_ids, home, pid, release, functions)
    values (${id}, ${[...poolIds()]}, ${home}, ${pid}, ${known.release}, ${known.functions}::text::jsonb)
    on conflict (id) do update set seen_at = now(), pool_ids = excluded.pool_ids`
}

/** The other workers that were started where this process can see whether they live. */
export async function neighbours(sql: AnySql, me: Worker): Promise<readonly { id: string; pid: number }[]> {
  return sql<{ id: string; pid: number }>`select id, pid from job_workers where home = ${me.home} and id <> ${me.id}`
}

type Gone = Departed & { readonly poolIds: readonly string[] }

/**
 * Takes the runs of workers that were not seen for `leaseSeconds`, or are known to be dead, and unlocks what their
 * queues held. Answers how many runs were freed.
 */
export async function reapDead(sql: EngineSql, leaseSeconds: number, known: readonly string[]): Promise<number> {
  return sql.begin(async (tx) => {
    const dead = await tx<Gone>`
      delete from job_workers
      where extract(epoch from now() - seen_at)::float8 > ${leaseSeconds} or id = any(${[...known]}::uuid[])
      returning pool_ids as "poolIds", functions, seen_at as "seenAt"`
    if (dead.length > 0) {
      await tx`select graphile_worker.force_unlock_workers(${dead.flatMap(({ poolIds }) => poolIds)}::text[])`
      await rememberListeners(tx, dead)
    }
    const freed = await tx`
      with r as (
        update job_runs set state = 'queued', lease_id = null, worker_id = null, due_at = now(), takeovers = takeovers + 1
        where state = 'running' and not exists (select from job_workers w where w.id = worker_id)
        returning id, function_id, due_at
      ) select ${wakeUp(tx)} is not null as woken from r`
    return freed.count
  })
}

/**
 * Gives back this worker's runs that nobody here drives: after a fault of the engine, or at its end. A fault counts like a
 * death, and each is waited for twice as long as the one before, up to a minute.
 */
export async function giveBackIdle(engine: Engine, cause: 'fault' | 'end' = 'fault'): Promise<number> {
  const held = await heldLeases(engine)
  // Looked at after the reading: a lease is active before it is taken, so that one which was taken and is not has ended.
  const idle = held.filter((lease) => !engine.active.has(lease))
  if (idle.length === 0) return 0
  const faults = cause === 'fault' ? 1 : 0
  const freed = await engine.sql`
    with r as (
      update job_runs set state = 'queued', lease_id = null, worker_id = null, takeovers = takeovers + ${faults},
        due_at = now() + least(power(2, takeovers), 60) * interval '1 second'
      where state = 'running' and worker_id = ${engine.workerId} and lease_id = any(${idle}::uuid[])
      returning id, function_id, due_at
    ) select ${wakeUp(engine.sql)} is not null as woken from r`
  return freed.count
}

async function heldLeases({ sql, workerId }: Engine): Promise<readonly string[]> {
  const rows = await sql<{ lease: string }>`
    select lease_id as lease from job_runs where state = 'running' and worker_id = ${workerId}`
  return rows.map(({ lease }) => lease)
}

/** Leaves the turns whose run is no longer theirs: it was cancelled, or taken over, while a step was at work. */
export async function leaveLost(engine: Engine): Promise<void> {
  const before = [...engine.driven]
  if (before.length === 0) return
  const held = new Set(await heldLeases(engine))
  for (const [lease, leave] of before) if (!held.has(lease)) leave()
}

/** Undoes the locks of a queue of this worker that gave up. */
export async function unlockPool(engine: Engine, poolId: string): Promise<void> {
  await engine.sql`select graphile_worker.force_unlock_workers(${[poolId]}::text[])`
}

/** Signs off: the runs that are still in a step go to others at once. */
export async function signOff(engine: Engine): Promise<void> {
  engine.active.clear()
  await giveBackIdle(engine, 'end')
  await engine.sql.begin(async (tx) => {
    const gone = await tx<Departed>`
      delete from job_workers where id = ${engine.workerId} returning functions, now() as "seenAt"`
    await rememberListeners(tx, gone)
  })
}
