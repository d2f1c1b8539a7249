import { HANDED_AT_ONCE } from './hand-over'
import { routeTask } from './known'
import type { AnySql } from './sql'
import type { KnownFunction } from './table'
import type { Engine } from './turn'

/** A worker that is gone; `seenAt`: when it last lived. */
export type Departed = { readonly functions: readonly KnownFunction[]; readonly seenAt: Date }

/** A function that was away for longer hears nothing of the events that only others routed meanwhile. */
const LONGEST_AWAY = '1 day'
/** Another worker that routes just now may not have seen that this one is back. */
const UNSURE = '30 seconds'

/** Keeps until when the functions of workers that are gone heard of their events. */
export async function rememberListeners(tx: AnySql, gone: readonly Departed[]): Promise<void> {
  const pairs = gone.flatMap(({ functions, seenAt }) =>
    functions.flatMap(({ id, events }) => events.map((event) => ({ id, event, seenAt }))),
  )
  if (pairs.length === 0) return
  await tx`
    insert into job_listeners (function_id, event, last_at)
    select id, event, max(at) from unnest(${pairs.map(({ id }) => id)}::text[], ${pairs.map(({ event }) => event)}::text[],
      ${pairs.map(({ seenAt }) => seenAt)}::timestamptz[]) n (id, event, at) group by id, event order by id, event
    on conflict (function_id, event) do update set last_at = greatest(job_listeners.last_at, excluded.last_at)`
}

/**
 * Calls this release's functions to the events that were routed while no living worker knew them (an older release was
 * alone), as if another release handed them over now. What has had its run is not called again, so that this may be done
 * twice: until the last of those who took the functions for gone has seen that they are back. Many events make
 * one call, and all calls are added at once: a day may bring many.
 */
export async function catchUp({ sql, registry }: Pick<Engine, 'sql' | 'registry'>): Promise<void> {
  const pairs = [...registry.values()].flatMap(({ id, events }) => events.map(({ name }) => ({ id, name })))
  await sql`
    with away as (
      select l.function_id, l.event, n.task, l.last_at, min(w.started_at) as back_at
      from unnest(${pairs.map(({ id }) => id)}::text[], ${pairs.map(({ name }) => name)}::text[],
        ${pairs.map(({ id, name }) => routeTask(id, name))}::text[]) n (id, event, task)
      join job_listeners l on l.function_id = n.id and l.event = n.event
      join job_workers w on w.functions @> jsonb_build_array(
        jsonb_build_object('id', l.function_id, 'events', jsonb_build_array(l.event)))
      group by 1, 2, 3, 4
    ), missed as (
      select a.task, e.id, (row_number() over (partition by a.task order by e.received_at, e.id) - 1) / ${HANDED_AT_ONCE} as n
      from away a join job_events e on e.name = a.event
        and e.received_at > a.last_at - ${LONGEST_AWAY}::interval
      where a.back_at > a.last_at and a.last_at > now() - ${LONGEST_AWAY}::interval
        and e.routed_at > a.last_at and e.routed_at < a.back_at + ${UNSURE}::interval
        and e.error is null
        and not exists (select from job_runs r where r.event_id = e.id and r.function_id = a.function_id)
    ), done as (
      delete from job_listeners l using away a
      where l.function_id = a.function_id and l.event = a.event and a.back_at < now() - ${UNSURE}::interval
    )
    select count(*) from graphile_worker.add_jobs(array(
      select (task, json_build_object('events', json_agg(id)), null, null, null, task || '/' || n, null, null)::graphile_worker.job_spec
      from missed group by task, n))`
}

export async function forgetListeners(sql: AnySql): Promise<void> {
  await sql`delete from job_listeners where last_at < now() - ${LONGEST_AWAY}::interval`
}
