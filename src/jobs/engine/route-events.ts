import { admitRuns, awake, type Candidate, insertion, newCandidate } from './admit-run'
import { isGuarded } from './flow'
import { holdEvents } from './hold-event'
import { type Awaited, findAwaited, matchWaits, type StoredEvent } from './match-waits'
import { patiently } from './patience'
import { functionsFor } from './registry'
import { type AnySql, wakeUp } from './sql'
import type { Engine } from './turn'

type Routed = StoredEvent & { readonly at: number }

/**
 * Makes the runs that events begin, with their wake-ups, and hands the events to those who wait. Each event once: whoever
 * marks it does it.
 */
export async function routeEvents(engine: Engine, ids: readonly string[]): Promise<void> {
  const [events, awaited] = await Promise.all([readEvents(engine.sql, ids), findAwaited(engine.sql, ids)])
  const candidates = events.flatMap((event) => candidatesOf(engine, event))
  const guarded = candidates.some(({ fn, run }) => isGuarded(fn.flow) || run.cancels.length > 0)
  if (!guarded && awaited.length === 0) await routeAll(engine, events, candidates)
  else await patiently(engine, () => routeGuarded(engine, events, candidates, awaited))
}

function readEvents(sql: AnySql, ids: readonly string[]) {
  return sql<Routed>`
    select id, payload, extract(epoch from received_at)::float8 as at from job_events
    where id = any(${[...ids]}::uuid[]) and routed_at is null order by received_at, id`
}

function candidatesOf(engine: Engine, stored: Routed): readonly Candidate[] {
  // Written by `storeEvents`, which saw to the name.
  const event = JSON.parse(stored.payload) as { readonly name: string }
  return functionsFor(engine.registry, event).map((fn) => newCandidate(fn, event, stored))
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
async function routeGuarded(
  { sql }: Engine,
  events: readonly Routed[],
  candidates: readonly Candidate[],
  awaited: readonly Awaited[],
): Promise<void> {
  await sql.begin(async (tx) => {
    const marked = new Set((await tx<{ id: string }>`${marking(tx, events)}`).map(({ id }) => id))
    await matchWaits(
      tx,
      events.filter(({ id }) => marked.has(id)),
      awaited,
    )
    const own = candidates.filter(({ run }) => run.eventId !== null && marked.has(run.eventId))
    const isHeld = ({ fn }: Candidate) => fn.flow.debounce !== null
    await holdEvents(tx, own.filter(isHeld))
    await admitRuns(
      tx,
      own.filter((candidate) => !isHeld(candidate)),
    )
  })
}

function marking(sql: AnySql, events: readonly Routed[]) {
  return sql`
    update job_events set routed_at = now()
    where id = any(${events.map(({ id }) => id)}::uuid[]) and routed_at is null returning id`
}
