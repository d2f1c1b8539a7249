import { beginRuns, candidatesOf } from './begin-runs'
import { type Foreign, routeTask } from './known'
import { lockCancels, namesOf } from './lock-cancels'
import type { StoredEvent } from './match-waits'
import { routeOrHalve } from './refuse-events'
import type { EngineFunction } from './registry'
import type { AnySql } from './sql'
import type { Engine } from './turn'

type Named = { readonly id: string; readonly name: string }

/** So many events are handed over by one call: what came after them is looked at once for all of them. */
export const HANDED_AT_ONCE = 50

/** Leaves to the workers of other releases what only their functions do with events. */
export async function handOver(tx: AnySql, events: readonly Named[], foreign: readonly Foreign[]): Promise<void> {
  const calls = foreign.flatMap((to) => {
    const ids = events.filter(({ name }) => name === to.event).map(({ id }) => id)
    return ids.length > 0
      ? [{ task: routeTask(to.functionId, to.event), payload: JSON.stringify({ events: ids }) }]
      : []
  })
  if (calls.length === 0) return
  await tx`
    select count(*) from graphile_worker.add_jobs(array(
      select (task, payload::json, null, null, null, null, null, null)::graphile_worker.job_spec
      from unnest(${calls.map(({ task }) => task)}::text[], ${calls.map(({ payload }) => payload)}::text[])
        n (task, payload)))`
}

/**
 * Begins the runs of one function by events that a worker of another release has routed; each once, however often it is
 * called. One that the database, or an expression, refuses keeps its error, and holds up no other.
 */
export async function routeTo(
  engine: Pick<Engine, 'sql' | 'log'>,
  fn: EngineFunction,
  ids: readonly string[],
): Promise<void> {
  const events = await engine.sql<Named>`select id, name from job_events where id = any(${[...ids]}::uuid[])`
  await routeOrHalve(engine, events, { route: (some) => beginHanded(engine, fn, some), again: true })
}

async function beginHanded({ sql }: Pick<Engine, 'sql'>, fn: EngineFunction, handed: readonly Named[]): Promise<void> {
  const ids = handed.map(({ id }) => id)
  await sql.begin(async (tx) => {
    await lockCancels(tx, [], namesOf(fn.cancels))
    // By itself, so that the next statement sees what whoever had the lock has begun.
    await tx`select from job_events where id = any(${ids}::uuid[]) order by id for update`
    const events = await tx<StoredEvent & { at: number }>`
      select id, payload, extract(epoch from received_at)::float8 as at from job_events e
      where id = any(${ids}::uuid[])
        and not exists (select from job_runs where event_id = e.id and function_id = ${fn.id})
        and not exists (select from job_debounces where event_id = e.id and function_id = ${fn.id})
      order by received_at, id`
    const registry = new Map([[fn.id, fn]])
    await beginRuns(
      tx,
      events.flatMap((event) => candidatesOf(registry, event)),
    )
  })
}
