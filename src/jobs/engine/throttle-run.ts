import type { EngineFunction } from './registry'
import { admit, admittedAt } from './rules-throttle'
import { type AnySql, wakeUp } from './sql'
import type { Engine } from './turn'

/** What a throttle says to a run that would begin. */
export type Pass =
  | { readonly kind: 'open'; readonly tat: number; readonly nextAt: number; readonly now: number }
  | { readonly kind: 'later'; readonly at: number; readonly now: number }
  /** Others are before it. */
  | { readonly kind: 'line' }

type Row = { head: string | null; now: number; tat: number | null }

/** Asks a throttle; call under a lock on its line. Nothing is used up before `spendPass`. */
export async function askThrottle(tx: AnySql, fn: EngineFunction, key: string, runId: string): Promise<Pass> {
  const [row] = await tx<Row>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as now,
      (select tat from job_rates where key = ${key}) as tat,
      (select id from job_runs where throttle = ${key} and state in ('queued', 'sleeping')
        order by order_at, id limit 1) as head`
  if (!row) throw new Error('the database told nothing of a throttle')
  const { head, now, tat } = row
  const { throttle } = fn.flow
  // A release that throttles no more lets all through.
  if (!throttle) return { kind: 'open', tat: 0, nextAt: now, now }
  if (head !== runId) return { kind: 'line' }
  const verdict = admit(throttle.rate, tat, now)
  if (!verdict.admitted) return { kind: 'later', at: Math.ceil(verdict.at), now }
  return { kind: 'open', tat: verdict.tat, nextAt: Math.ceil(admittedAt(throttle.rate, verdict.tat, now)), now }
}

/** Notes that a run has begun, and sets the time of the next in the line. Answers the id of that one. */
export async function spendPass(
  tx: AnySql,
  key: string,
  { tat, nextAt }: Extract<Pass, { kind: 'open' }>,
): Promise<string | null> {
  await tx`insert into job_rates (key, tat) values (${key}, ${tat}) on conflict (key) do update set tat = excluded.tat`
  return wakeThrottled(tx, key, nextAt)
}

/** Calls the first in a throttle's line for its time (ms since 1970), unless it has been called. Answers its id. */
export async function wakeThrottled(tx: AnySql, key: string, atMs = 0): Promise<string | null> {
  const [woken] = await tx<{ id: string }>`
    with r as (
      update job_runs set blocked_on = null, due_at = greatest(due_at, to_timestamp(${atMs}::float8 / 1000))
      where blocked_on = ${key} and id = (
        select id from job_runs where throttle = ${key} and state in ('queued', 'sleeping') order by order_at, id limit 1
      ) returning id, function_id, due_at
    ) select id, ${wakeUp(tx)} is not null as woken from r`
  return woken?.id ?? null
}

/** Lets a run wait for its throttle's time, or in its line. Places that were kept for it are to be given to others. */
export async function holdBack(tx: AnySql, runId: string, key: string, pass: Pass): Promise<void> {
  const at = pass.kind === 'later' ? pass.at : null
  await tx`
    with r as (
      update job_runs set called_to = null, keeps = null, blocked_on = ${at === null ? key : null},
        due_at = coalesce(to_timestamp(${at}::float8 / 1000), due_at)
      where id = ${runId} and state in ('queued', 'sleeping') returning id, function_id, due_at
    ) select ${wakeUp(tx)} is not null as woken from r where ${at}::float8 is not null`
  if (pass.kind === 'line') await wakeThrottled(tx, key)
}

/** A wake-up of a later time is found by asking, up to half a second late; one that is near is called on time. */
const NEAR_MS = 10_000

/** Calls a run when its time has come, from this process; if that ends, the stored wake-up does it. */
export function callOnTime(engine: Engine, runId: string, inMs: number): void {
  if (inMs <= 0 || inMs > NEAR_MS) return
  const call = async () => {
    if (engine.isStopping()) return
    await engine.sql`
      with r as (
        select id, function_id, now() as due_at from job_runs
        where id = ${runId} and state = 'queued' and blocked_on is null and due_at <= now()
      ) select ${wakeUp(engine.sql)} is not null as woken from r`
  }
  setTimeout(() => {
    call().catch((error: unknown) =>
      engine.log.debug({ err: error, run: runId }, 'a run is called by its wake-up alone'),
    )
  }, inMs + 1).unref()
}
