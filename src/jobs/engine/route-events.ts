import { isPassing } from '@/db/lost-connection'
import { admitRuns, awake, type Candidate, insertion, newCandidate } from './admit-run'
import { errorJson } from './answer'
import { isGuarded } from './flow'
import { holdEvents } from './hold-event'
import { type Foreign, findForeign, knownOf, routeTask } from './known'
import { lockCancels, namesOf } from './lock-cancels'
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
  /** Those of the names that may cancel a run which another engine begins just now. */
  readonly cancelling: readonly string[]
}

/**
 * Makes the runs that events begin, with their wake-ups, and hands the events to those who wait. Each event once: whoever
 * marks it does it.
 */
export async function routeEvents(engine: Engine, ids: readonly string[]): Promise<void> {
  const [events, awaited] = await Promise.all([readEvents(engine, ids), findAwaited(engine.sql, ids)])
  await routeOrHalve(engine, events, awaited)
}

/** What cannot be routed costs no other event anything: the batch is halved until that one is alone, and keeps the error. */
async function routeOrHalve(engine: Engine, events: readonly Routed[], awaited: readonly Awaited[]): Promise<void> {
  const [first] = events
  if (!first) return
  try {
    await routeTogether(engine, events, awaited)
  } catch (error) {
    if (isPassing(error)) throw error
    if (events.length === 1) return refuseEvent(engine, first, error)
    const half = Math.ceil(events.length / 2)
    await routeOrHalve(engine, events.slice(0, half), awaited)
    await routeOrHalve(engine, events.slice(half), awaited)
  }
}

/** It would be refused again: it is left as it is, for the page. */
async function refuseEvent({ sql, log }: Engine, { id, name }: Routed, error: unknown): Promise<void> {
  log.error({ err: error, event: id, name }, 'an event could not be routed')
  const words = errorJson(error instanceof Error ? error : new Error(String(error)))
  await sql`update job_events set routed_at = now(), error = ${words} where id = ${id} and routed_at is null`
}

async function routeTogether(engine: Engine, events: readonly Routed[], awaited: readonly Awaited[]): Promise<void> {
  const candidates = events.flatMap((event) => candidatesOf(engine.registry, event))
  const foreign = await findListeners(engine, events)
  const cancelling = cancellingOf(engine.registry, events)
  const guarded = candidates.some(({ fn, run }) => isGuarded(fn.flow) || run.cancels.length > 0)
  const plain = !guarded && awaited.length === 0 && foreign.length === 0 && cancelling.length === 0
  if (plain) await routeAll(engine, events, candidates)
  else await patiently(engine, () => routeGuarded(engine, { events, candidates, awaited, foreign, cancelling }))
}

/** What cancels the functions of another release, only that one knows. */
function cancellingOf(registry: Registry, events: readonly Routed[]): readonly string[] {
  const known = new Set([...registry.values()].flatMap(({ cancels }) => namesOf(cancels)))
  return [...new Set(events.flatMap(({ name, shared }) => (shared || known.has(name) ? [name] : [])))]
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
async function routeGuarded({ sql }: Engine, { events, candidates, awaited, foreign, cancelling }: Routing) {
  await sql.begin(async (tx) => {
    await lockCancels(tx, cancelling, namesOf(candidates.flatMap(({ run }) => run.cancels)))
    const ids = events.map(({ id }) => id)
    const free = await tx<{ id: string }>`
      select id from job_events where id = any(${ids}::uuid[]) and routed_at is null order by id for update`
    const mine = new Set(free.map(({ id }) => id))
    const own = events.filter(({ id }) => mine.has(id))
    // Read again: what listens for what cancels may have been stored until the lock was had.
    const waited = cancelling.length > 0 ? await findAwaited(tx, ids) : awaited
    await beginInTurn(tx, own, candidates, waited)
    await handOver(tx, own, foreign)
    // Last: until then the events of this batch meet its runs by their order alone.
    await tx`${marking(tx, own)}`
  })
}

/** All at once, but before an event that may cancel what those before it begin: then these begin first. */
async function beginInTurn(
  tx: AnySql,
  own: readonly Routed[],
  candidates: readonly Candidate[],
  awaited: readonly Awaited[],
): Promise<void> {
  const byEvent = Map.groupBy(candidates, ({ run }) => run.eventId)
  const all = withCancels(awaited, candidates)
  let next: Candidate[] = []
  const heard = new Set<string>()
  for (const event of own) {
    if (heard.has(event.name)) {
      await begin(tx, next)
      next = []
      heard.clear()
    }
    await matchWaits(tx, event, all)
    for (const candidate of byEvent.get(event.id) ?? []) {
      next.push(candidate)
      for (const name of namesOf(candidate.run.cancels)) heard.add(name)
    }
  }
  await begin(tx, next)
}

function withCancels(awaited: readonly Awaited[], candidates: readonly Candidate[]): readonly Awaited[] {
  const own = candidates.flatMap(({ run }) => run.cancels.map(({ event, path }) => ({ event, path })))
  return [...new Map([...awaited, ...own].map((one) => [JSON.stringify([one.event, one.path]), one])).values()]
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
    await lockCancels(tx, [], namesOf(fn.cancels))
    // By itself, so that the next statement sees what whoever had the lock has begun.
    await tx`select from job_events where id = ${eventId} for update`
    const [event] = await tx<StoredEvent & { at: number }>`
      select id, payload, extract(epoch from received_at)::float8 as at from job_events
      where id = ${eventId} and not exists (select from job_runs where event_id = ${eventId} and function_id = ${fn.id})
        and not exists (select from job_debounces where event_id = ${eventId} and function_id = ${fn.id})`
    if (event) await begin(tx, candidatesOf(new Map([[fn.id, fn]]), event))
  })
}

function marking(sql: AnySql, events: readonly Routed[]) {
  return sql`
    update job_events set routed_at = now()
    where id = any(${events.map(({ id }) => id)}::uuid[]) and routed_at is null returning id`
}
