import type { NewRun } from './admit-run'
import type { Due } from './rules-due'
import type { AnySql } from './sql'
import type { StepState } from './table'
import type { Turn } from './turn'
import type { Wait } from './waits'

/** A step's row as it shall be. `data` and `error` are JSON. */
export type StepWrite = {
  readonly hash: string
  readonly name: string
  readonly op: string
  readonly state: StepState
  readonly position?: number
  readonly attempt?: number
  readonly data?: string
  readonly error?: string
  readonly due?: Due
  readonly durationMs?: number
  /** What it waits for. */
  readonly wait?: Wait
  /** The run that it invokes. */
  readonly invoke?: NewRun
}

/** What one turn writes. */
export type TurnWrite = { readonly turn: Pick<Turn, 'runId' | 'leaseId'>; readonly steps: readonly StepWrite[] }

/**
 * Writes steps of several turns by one statement, each only while its turn holds the lease; answers for each whether it
 * did. A stored step means that the run goes on: its count of failed tries, and of dead workers, begins anew.
 */
export async function writeSteps(sql: AnySql, writes: readonly TurnWrite[]): Promise<readonly boolean[]> {
  const turns = [...new Map(writes.map(({ turn }) => [turn.leaseId, turn])).values()]
  const rows = writes.flatMap(({ turn, steps }) =>
    steps.map((step) => ({ run: turn.runId, lease: turn.leaseId, step })),
  )
  const column = <T>(read: (step: StepWrite) => T) => rows.map(({ step }) => read(step))
  // Locked in one order, as by all that lock several runs; only a run that has failed before is written itself.
  const written = await sql<{ lease: string }>`
    with held as materialized (
      select r.id, r.lease_id, r.attempt, r.takeovers
      from unnest(${turns.map(({ runId }) => runId)}::uuid[], ${turns.map(({ leaseId }) => leaseId)}::uuid[]) n (id, lease)
      join job_runs r on r.id = n.id and r.lease_id = n.lease order by r.id for no key update of r
    ), anew as (
      update job_runs set attempt = 0, takeovers = 0 from held
      where job_runs.id = held.id and (held.attempt <> 0 or held.takeovers <> 0)
    ), stored as (
      insert into job_steps
        (run_id, hash, name, op, state, position, attempt, data, error, due_at, duration_ms, finished_at)
      select held.id, n.hash, n.name, n.op, n.state, n.position, n.attempt, n.data, n.error,
        coalesce(n.at, now() + n.after * interval '1 ms'), n.duration, case when n.state in ('done', 'failed') then now() end
      from held join unnest(${rows.map(({ lease }) => lease)}::uuid[], ${column((step) => step.hash)}::text[],
        ${column((step) => step.name)}::text[], ${column((step) => step.op)}::text[],
        ${column((step) => step.state)}::text[], ${column((step) => step.position ?? null)}::int[],
        ${column((step) => step.attempt ?? 0)}::int[], ${column((step) => step.data ?? null)}::text[],
        ${column((step) => step.error ?? null)}::text[],
        ${column(({ due }) => (due && 'at' in due ? due.at : null))}::timestamptz[],
        ${column(({ due }) => (due && 'afterMs' in due ? due.afterMs : null))}::float8[],
        ${column((step) => step.durationMs ?? null)}::int[]
      ) as n (lease, hash, name, op, state, position, attempt, data, error, at, after, duration) on n.lease = held.lease_id
      on conflict (run_id, hash) do update set state = excluded.state, position = excluded.position,
        attempt = excluded.attempt, data = excluded.data, error = excluded.error, due_at = excluded.due_at,
        duration_ms = excluded.duration_ms, finished_at = excluded.finished_at, op = excluded.op
    )
    select lease_id as lease from held`
  const held = new Set(written.map(({ lease }) => lease))
  return writes.map(({ turn }) => held.has(turn.leaseId))
}
