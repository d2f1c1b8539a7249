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
/** An event, and a path with the value there, by which a wait may stand in the index. */
type Key = { readonly read: Read; readonly path: string; readonly value: string }

/**
 * Hands events to those who wait for them: a run that one cancels ends, a step that waited has its answer. In the
 * transaction that routes the events, in their order, which must be routed by nobody else. A wait takes the first event
 * only.
 */
export async function matchWaits(
  tx: AnySql,
  events: readonly StoredEvent[],
  awaited: readonly Awaited[],
): Promise<void> {
  if (awaited.length === 0) return
  for (const keys of apart(events.map((stored) => keysOf(stored, awaited)))) {
    const waits = await findWaits(tx, keys)
    await cancelRuns(tx, [...new Set(waits.filter(({ key }) => isCancel(key)).map(({ runId }) => runId))])
    await answerSteps(
      tx,
      waits.filter(({ key }) => !isCancel(key)),
      new Map(keys.map(({ read }) => [read.id, read.payload])),
    )
  }
}

function keysOf(stored: StoredEvent, awaited: readonly Awaited[]): readonly Key[] {
  // Written by `storeEvents`, which saw to the name.
  const read = { ...stored, event: JSON.parse(stored.payload) as Read['event'] }
  return awaited.flatMap(({ event, path }) => {
    const value = path === '' ? '' : valueFor(path, read.event)
    return event === read.event.name && value !== null ? [{ read, path, value: shortValue(value) }] : []
  })
}

/** The keys of events in parts, none with two events that one wait could take: each part is one look at the waits. */
function apart(keys: readonly (readonly Key[])[]): readonly (readonly Key[])[] {
  const parts: Key[][] = []
  const taken = new Set<string>()
  for (const own of keys) {
    const names = own.map(({ read, path, value }) => JSON.stringify([read.event.name, path, value]))
    if (parts.length === 0 || names.some((name) => taken.has(name))) {
      parts.push([])
      taken.clear()
    }
    parts.at(-1)?.push(...own)
    for (const name of names) taken.add(name)
  }
  return parts.filter((part) => part.length > 0)
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

/** Those who wait for an event since before it came, and whose expression holds. Of one sending, the events' order counts. */
async function findWaits(tx: AnySql, keys: readonly Key[]): Promise<readonly Candidate[]> {
  const byId = new Map(keys.map(({ read }) => [read.id, read.event]))
  // Looked for key by key, however many: a plan that reads all waits would look as good for a few.
  const found = await tx<Candidate>`
    select w.run_id as "runId", w.key, w.expression, w.begun, e.id as "eventId"
    from unnest(${keys.map(({ read }) => read.id)}::uuid[], ${keys.map(({ path }) => path)}::text[],
      ${keys.map(({ value }) => value)}::text[]) n (id, path, value)
    join job_events e on e.id = n.id
    cross join lateral (
      select w.run_id, w.key, w.expression, r.event as begun from job_waits w join job_runs r on r.id = w.run_id
      where w.event = e.name and w.match_path = n.path and w.match_value = n.value and r.finished_at is null
        and (w.created_at < e.received_at
          or w.created_at = e.received_at and (r.event_id is null or r.event_id < e.id))
        and (w.expires_at is null or w.expires_at > e.received_at)
      offset 0
    ) w order by w.run_id`
  return found.filter((wait) => matches(wait, byId.get(wait.eventId)))
}

function matches({ expression, begun }: Candidate, async: unknown): boolean {
  return expression === null || holds(compileMatch(expression), { event: JSON.parse(begun), async })
}

/** Gives events to the steps and wakes their runs. The runs are locked first: one that parks now sees the answer. */
async function answerSteps(
  tx: AnySql,
  waits: readonly Candidate[],
  payloads: ReadonlyMap<string, string>,
): Promise<void> {
  if (waits.length === 0) return
  const runs = waits.map(({ runId }) => runId)
  await tx`select from job_runs where id = any(${runs}::uuid[]) order by id for update`
  await tx`
    with taken as (
      delete from job_waits w using unnest(${runs}::uuid[], ${waits.map(({ key }) => key)}::text[],
        ${waits.map(({ eventId }) => eventId)}::uuid[]) n (run_id, key, event_id)
      where w.run_id = n.run_id and w.key = n.key returning w.run_id, w.key, n.event_id
    )
    update job_steps s set state = 'arrived', data = p.payload, due_at = now()
    from taken join unnest(${[...payloads.keys()]}::uuid[], ${[...payloads.values()]}::text[]) p (id, payload)
      on p.id = taken.event_id
    where s.run_id = taken.run_id and s.hash = taken.key and s.state = 'waiting'`
  await wakeForAnswer(tx, runs)
}
