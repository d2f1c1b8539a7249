import { newId } from '@/kernel/ids'
import { type EngineFunction, functionsFor, slotsFor } from './registry'
import { type AnySql, wakeUp } from './sql'
import type { Engine } from './turn'

type StoredEvent = { readonly id: string; readonly payload: string }

/** A run before it is stored. `event` is JSON. */
export type NewRun = {
  readonly id: string
  readonly functionId: string
  readonly eventId: string | null
  readonly event: string
  readonly slots: readonly string[]
}

/** Makes the runs that events begin, with their wake-ups. Each event once: whoever marks it makes its runs. */
export async function routeEvents(engine: Engine, ids: readonly string[]): Promise<void> {
  const events = await engine.sql<StoredEvent>`
    select id, payload from job_events where id = any(${[...ids]}::uuid[]) and routed_at is null`
  const runs = events.flatMap((event) => runsOf(engine, event))
  await engine.sql`
    with e as (
      update job_events set routed_at = now()
      where id = any(${events.map(({ id }) => id)}::uuid[]) and routed_at is null returning id
    ), r as (${insertion(engine.sql, runs)} where n.event_id in (select id from e) returning id, function_id, due_at)
    select count(${wakeUp(engine.sql)}) from r`
}

function runsOf(engine: Engine, stored: StoredEvent): readonly NewRun[] {
  // Written by `storeEvents`, which saw to the name.
  const event = JSON.parse(stored.payload) as { readonly name: string }
  return functionsFor(engine.registry, event).map((fn) => newRun(fn, event, stored))
}

export function newRun(fn: EngineFunction, event: unknown, stored: { id: string | null; payload: string }): NewRun {
  return { id: newId(), functionId: fn.id, eventId: stored.id, event: stored.payload, slots: slotsFor(fn, event) }
}

/** Stores runs and their wake-ups in one statement. */
export async function insertRuns(sql: AnySql, runs: readonly NewRun[]): Promise<void> {
  await sql`with r as (${insertion(sql, runs)} returning id, function_id, due_at) select count(${wakeUp(sql)}) from r`
}

function insertion(sql: AnySql, runs: readonly NewRun[]) {
  return sql`
    insert into job_runs (id, function_id, event_id, event, slots)
    select n.id, n.function_id, n.event_id, n.event, array(select json_array_elements_text(n.slots::json))
    from unnest(${runs.map((run) => run.id)}::uuid[], ${runs.map((run) => run.functionId)}::text[],
      ${runs.map((run) => run.eventId)}::uuid[], ${runs.map((run) => run.event)}::text[],
      ${runs.map((run) => JSON.stringify(run.slots))}::text[]) as n (id, function_id, event_id, event, slots)`
}
