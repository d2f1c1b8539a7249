import { newId } from '@/kernel/ids'
import { admitRuns, type Candidate, newCandidate, skipRuns } from './admit-run'
import { keyFor } from './flow'
import { lockCancels, namesOf } from './lock-cancels'
import { readNow } from './rates'
import type { EngineFunction } from './registry'
import { type Arrival, type Held, hold } from './rules-debounce'
import { type AnySql, debounceTask } from './sql'
import type { Engine } from './turn'

type Row = {
  key: string
  event_id: string | null
  event: string
  event_at: number
  events: number
  first_at: number
  due_at: number
}

/** Keeps events for their quiet period. Those that another event replaces are stored as skipped. */
export async function holdEvents(tx: AnySql, candidates: readonly Candidate[]): Promise<void> {
  if (candidates.length === 0) return
  const byKey = Map.groupBy(candidates, ({ fn, event }) => keyFor(fn, 'debounce', event) ?? '')
  const keys = [...byKey.keys()].sort()
  const known = await lockHeld(tx, keys, byKey)
  const now = await readNow(tx)
  for (const key of keys) await holdAll(tx, key, byKey.get(key) ?? [], known.get(key) ?? null, now)
}

/** Locks what waits under these keys; null where nothing waited. */
async function lockHeld(
  tx: AnySql,
  keys: readonly string[],
  byKey: ReadonlyMap<string, readonly Candidate[]>,
): Promise<ReadonlyMap<string, Held | null>> {
  const owners = keys.map((key) => byKey.get(key)?.[0]?.fn.id ?? '')
  const known = new Map<string, Held | null>()
  // One that fired while this waited for it is made again.
  while (known.size < keys.length) {
    await tx`
      insert into job_debounces (key, function_id, event, event_at, events, due_at)
      select n.key, n.owner, '', now(), 0, now() from unnest(${[...keys]}::text[], ${owners}::text[]) n (key, owner)
      on conflict do nothing`
    const rows = await tx<Row>`
      select key, event_id, event, events, extract(epoch from event_at)::float8 as event_at,
        extract(epoch from first_at)::float8 * 1000 as first_at, extract(epoch from due_at)::float8 * 1000 as due_at
      from job_debounces where key = any(${[...keys]}::text[]) order by key for update`
    for (const row of rows) known.set(row.key, row.events === 0 ? null : toHeld(row))
  }
  return known
}

function toHeld({ event_id, event, event_at, events, first_at, due_at }: Row): Held {
  return { last: { id: event_id, payload: event, at: event_at }, events, firstAt: first_at, dueAt: due_at }
}

async function holdAll(
  tx: AnySql,
  key: string,
  candidates: readonly Candidate[],
  known: Held | null,
  now: number,
): Promise<void> {
  const fn = candidates[0]?.fn
  if (!fn?.flow.debounce) return
  let held = known
  const losers: Arrival[] = []
  for (const { run } of candidates) {
    const arrival = { id: run.eventId, payload: run.event, at: run.at ?? now / 1000 }
    const after: ReturnType<typeof hold> = hold(fn.flow.debounce, held, arrival, now)
    held = after.held
    if (after.loser) losers.push(after.loser)
  }
  if (held) await storeHeld(tx, key, fn, held)
  await skipRuns(
    tx,
    losers.map(({ id, payload }) => ({
      run: { id: newId(), functionId: fn.id, eventId: id, event: payload },
      reason: 'debounce' as const,
    })),
  )
}

async function storeHeld(tx: AnySql, key: string, fn: EngineFunction, { last, events, firstAt, dueAt }: Held) {
  await tx`
    with d as (
      update job_debounces set event_id = ${last.id}, event = ${last.payload}, event_at = to_timestamp(${last.at}::float8),
        events = ${events}, first_at = to_timestamp(${firstAt}::float8 / 1000), due_at = to_timestamp(${dueAt}::float8 / 1000)
      where key = ${key} returning due_at
    )
    select graphile_worker.add_job(${debounceTask(fn.id)}, json_build_object('key', ${key}::text), run_at => d.due_at,
      job_key => 'debounce/' || ${key}) is not null as set from d`
}

type Fired = { event_id: string | null; event: string; at: number }

/** Begins the run of a debounce whose quiet period is over; whoever deletes its row does it, so that it is one run. */
export async function fireDebounce(engine: Engine, fn: EngineFunction, key: string): Promise<void> {
  await engine.sql.begin(async (tx) => {
    await lockCancels(tx, [], namesOf(fn.cancels))
    const [fired] = await tx<Fired>`
      delete from job_debounces where key = ${key} and events > 0 and due_at <= now()
      returning event_id, event, extract(epoch from event_at)::float8 as at`
    if (!fired) return
    const { event_id: id, event: payload, at } = fired
    await admitRuns(tx, [newCandidate(fn, JSON.parse(payload), { id, payload, at })])
  })
}
