import { cancelRuns } from './cancel-runs'
import { valueFor } from './rules-equality'
import { compileMatch, holds } from './rules-expression'
import type { AnySql } from './sql'
import { isCancel, shortValue, wakeForAnswer } from './waits'

/** An event as it is stored; `payload` is JSON. */
export type StoredEvent = { readonly id: string; readonly payload: string }

type Candidate = { runId: string; key: string; expression: string | null; begun: string; eventId: string }
/** A name that somebody waits for, and a path by which. */
export type Awaited = { readonly event: string; readonly path: string }
type Read = { readonly id: string; readonly payload: string; readonly event: { readonly name: string } }

/**
 * Hands an event to those who wait for it: a run that it cancels ends, a step that waited has its answer. In the
 * transaction that routes the event, which must be routed by nobody else. A wait takes the first event only.
 */
export async function matchWaits(tx: AnySql, stored: StoredEvent, awaited: readonly Awaited[]): Promise<void> {
  if (awaited.length === 0) return
  // Written by `storeEvents`, which saw to the name.
  const waits = await findWaits(tx, { ...stored, event: JSON.parse(stored.payload) as Read['event'] }, awaited)
  await cancelRuns(
    tx,
    waits.filter(({ key }) => isCancel(key)).map(({ runId }) => runId),
  )
  await answerSteps(
    tx,
    waits.filter(({ key }) => !isCancel(key)),
    stored.payload,
  )
}

/** The names that somebody waits for, each with the paths by which: one look into the index for each of them. */
export async function findAwaited(sql: AnySql, ids: readonly string[]): Promise<readonly Awaited[]> {
  return sql<Awaited>`
    with recursive awaited (event, path) as (
      select name, (select min(match_path) from job_waits where event = name)
      from (select distinct name from job_events where id = any(${[...ids]}::uuid[])) names
      union all
      select event, (select min(match_path) from job_waits w where w.event = a.event and w.match_path > a.path)
      from awaited a where path is not null
    ) select event, path from awaited where path is not null`
}

/** Those who wait for this event since before it came, and whose expression holds. */
async function findWaits(tx: AnySql, read: Read, awaited: readonly Awaited[]): Promise<readonly Candidate[]> {
  const keys = awaited.flatMap(({ event, path }) => {
    const value = path === '' ? '' : valueFor(path, read.event)
    return event === read.event.name && value !== null ? [{ path, value: shortValue(value) }] : []
  })
  if (keys.length === 0) return []
  const found = await tx<Candidate>`
    select w.run_id as "runId", w.key, w.expression, r.event as begun
    from job_events e
    cross join unnest(${keys.map(({ path }) => path)}::text[], ${keys.map(({ value }) => value)}::text[]) n (path, value)
    join job_waits w on w.event = e.name and w.match_path = n.path and w.match_value = n.value
    join job_runs r on r.id = w.run_id
    where e.id = ${read.id} and w.created_at <= e.received_at and (w.expires_at is null or w.expires_at > e.received_at)
      and r.finished_at is null
    order by w.run_id`
  return found.filter((wait) => matches(wait, read.event))
}

function matches({ expression, begun }: Candidate, async: unknown): boolean {
  return expression === null || holds(compileMatch(expression), { event: JSON.parse(begun), async })
}

/** Gives the event to the steps and wakes their runs. The runs are locked first: one that parks now sees the answer. */
async function answerSteps(tx: AnySql, waits: readonly Candidate[], payload: string): Promise<void> {
  if (waits.length === 0) return
  const runs = waits.map(({ runId }) => runId)
  const keys = waits.map(({ key }) => key)
  await tx`select from job_runs where id = any(${runs}::uuid[]) order by id for update`
  await tx`
    with taken as (
      delete from job_waits w using unnest(${runs}::uuid[], ${keys}::text[]) n (run_id, key)
      where w.run_id = n.run_id and w.key = n.key returning w.run_id, w.key
    )
    update job_steps s set state = 'arrived', data = ${payload}, due_at = now()
    from taken where s.run_id = taken.run_id and s.hash = taken.key and s.state = 'waiting'`
  await wakeForAnswer(tx, runs)
}
