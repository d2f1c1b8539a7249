import { admitRuns, awake, type Candidate, insertion, newCandidate } from './admit-run'
import { isGuarded } from './flow'
import { holdEvents } from './hold-event'
import { type Foreign, findForeign, knownOf, routeTask } from './known'
import { type Awaited, findAwaited, matchWaits, type StoredEvent } from './match-waits'
import { patiently } from './patience'
import { type EngineFunction, functionsFor, type Registry } from './registry'
import { type AnySql, wakeUp } from './sql'
import type { Engine } from './turn'

type Routed = StoredEvent & { readonly name: string; readonly at: number; readonly shared: boolean }
/** What is to be routed at once: what it begins here, who waits for it, and who else listens. */
type Routing = {
  readonly events: readonly Routed[]
  readonly candidates: readonly Candidate[]
  readonly awaited: readonly Awaited[]
  readonly foreign: readonly Foreign[]
}

/**
 * Makes the runs that events begin, with their wake-ups, and hands the events to those who wait. Each event once: whoever
 * marks it does it.
 */
export async function routeEvents(engine: Engine, ids: readonly string[]): Promise<void> {
  const [events, awaited] = await Promise.all([readEvents(engine, ids), findAwaited(engine.sql, ids)])
  const candidates = events.flatMap((event) => candidatesOf(engine.registry, event))
  const foreign = await findListeners(engine, events)
  const guarded = candidates.some(({ fn, run }) => isGuarded(fn.flow) || run.cancels.length > 0)
  if (!guarded && awaited.length === 0 && foreign.length === 0) await routeAll(engine, events, candidates)
  else await patiently(engine, () => routeGuarded(engine, { events, candidates, awaited, foreign }))
}

/** `shared`: a worker of another release lives. */
function readEvents({ sql, registry }: Engine, ids: readonly string[]) {
  return sql<Routed>`
    select id, name, payload, extract(epoch from received_at)::float8 as at,
      exists (select from job_workers where release <> ${knownOf(registry).release}) as shared
    from job_events where id = any(${[...ids]}::uuid[]) and routed_at is null order by received_at, id`
}

async function findListeners({ sql, registry }: Engine, events: readonly Routed[]): Promise<readonly Foreign[]> {
  if (!events.some(({ shared }) => shared)) return []
  return findForeign(
    sql,
    registry,
    events.map(({ name }) => name),
  )
}

function candidatesOf(registry: Registry, stored: StoredEvent & { readonly at: number }): readonly Candidate[] {
  // Written by `storeEvents`, which saw to the name.
  const event = JSON.parse(stored.payload) as { readonly name: string }
  return functionsFor(registry, event).map((fn) => newCandidate(fn, event, stored))
}

/** One statement, where every event begins its runs. */
async function routeAll({ sql }: Engine, events: readonly Routed[], candidates: readonly Candidate[]): Promise<void> {
  const runs = candidates.map(({ run }) => run)
  await sql`
    with e as (${marking(sql, events)}),
      r as (${insertion(sql, runs)} where n.event_id in (select id from e) returning ${awake(sql)})
    select count(${wakeUp(sql)}) from r where open`
}

/** One transaction, where some events may begin no run, or not at once, or somebody waits for them. */
async function routeGuarded({ sql }: Engine, { events, candidates, awaited, foreign }: Routing): Promise<void> {
  await sql.begin(async (tx) => {
    const marked = new Set((await tx<{ id: string }>`${marking(tx, events)}`).map(({ id }) => id))
    const own = events.filter(({ id }) => marked.has(id))
    await matchWaits(tx, own, awaited)
    await begin(
      tx,
      candidates.filter(({ run }) => run.eventId !== null && marked.has(run.eventId)),
    )
    await handOver(tx, own, foreign)
  })
}

/** Begins runs, or holds their events for a quiet period. */
async function begin(tx: AnySql, candidates: readonly Candidate[]): Promise<void> {
  const isHeld = ({ fn }: Candidate) => fn.flow.debounce !== null
  await holdEvents(tx, candidates.filter(isHeld))
  await admitRuns(
    tx,
    candidates.filter((candidate) => !isHeld(candidate)),
  )
}

/** Leaves to the workers of other releases what only their functions do with an event. */
async function handOver(tx: AnySql, events: readonly Routed[], foreign: readonly Foreign[]): Promise<void> {
  const pairs = events.flatMap(({ id, name }) =>
    foreign.filter(({ event }) => event === name).map((to) => ({ id, to })),
  )
  if (pairs.length === 0) return
  await tx`
    select count(graphile_worker.add_job(n.task, json_build_object('event', n.id), job_key => n.task || '/' || n.id))
    from unnest(${pairs.map(({ to }) => routeTask(to.functionId, to.event))}::text[],
      ${pairs.map(({ id }) => id)}::text[]) as n (task, id)`
}

/** Begins the run of one function by an event that a worker of another release has routed; once, however often it is called. */
export async function routeTo(engine: Engine, fn: EngineFunction, eventId: string): Promise<void> {
  await engine.sql.begin(async (tx) => {
    const [event] = await tx<StoredEvent & { at: number }>`
      select id, payload, extract(epoch from received_at)::float8 as at from job_events
      where id = ${eventId} and not exists (select from job_runs where event_id = ${eventId} and function_id = ${fn.id})
      for update`
    if (event) await begin(tx, candidatesOf(new Map([[fn.id, fn]]), event))
  })
}

function marking(sql: AnySql, events: readonly Routed[]) {
  return sql`
    update job_events set routed_at = now()
    where id = any(${events.map(({ id }) => id)}::uuid[]) and routed_at is null returning id`
}
