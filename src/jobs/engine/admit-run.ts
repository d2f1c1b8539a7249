import { newId } from '@/kernel/ids'
import { cancelOvertaken } from './cancel-overtaken'
import { isGuarded, keyFor, placesFor, priorityFor } from './flow'
import { lockRates, storeRates } from './rates'
import type { EngineFunction } from './registry'
import { lineUp, type Place } from './rules-slots'
import { admit } from './rules-throttle'
import { claimSingletons } from './singleton'
import { type AnySql, wakeAll } from './sql'
import type { SkipReason } from './table'
import { cancelsOf, insertWaits, type Wait } from './waits'

/** The event that begins a run. `at`: when it came, in seconds since 1970; null for now. */
export type Stored = { readonly id: string | null; readonly payload: string; readonly at?: number | null }

/** A run before it is stored. `event` is JSON, `priority` in seconds. */
export type NewRun = {
  readonly id: string
  readonly functionId: string
  readonly eventId: string | null
  readonly event: string
  readonly at: number | null
  readonly priority: number
  readonly places: readonly Place[]
  readonly throttle: string | null
  readonly singleton: string | null
  /** The events that cancel it. */
  readonly cancels: readonly Wait[]
}

/** An event that would begin a run of a function. */
export type Candidate = { readonly fn: EngineFunction; readonly event: unknown; readonly run: NewRun }

export function newRun(fn: EngineFunction, event: unknown, { id, payload, at = null }: Stored): NewRun {
  const own = newId()
  return {
    id: own,
    functionId: fn.id,
    eventId: id,
    event: payload,
    at,
    priority: priorityFor(fn, event),
    places: placesFor(fn, event),
    throttle: keyFor(fn, 'throttle', event),
    singleton: keyFor(fn, 'singleton', event),
    cancels: cancelsOf(fn, own, event, at),
  }
}

export function newCandidate(fn: EngineFunction, event: unknown, stored: Stored): Candidate {
  return { fn, event, run: newRun(fn, event, stored) }
}

/**
 * Stores the runs that may begin, with their wake-ups, and those that are skipped, with the reason. Those that an event
 * cancels call for `lockCancels` first.
 */
export async function admitRuns(tx: AnySql, candidates: readonly Candidate[]): Promise<void> {
  const guarded = candidates.filter(({ fn }) => isGuarded(fn.flow))
  const limited = await applyRateLimits(tx, guarded)
  const skipped = new Map([...limited, ...(await claimSingletons(tx, guarded, limited))])
  await skipRuns(
    tx,
    [...skipped].map(([{ run }, reason]) => ({ run, reason })),
  )
  const begun = candidates.filter((candidate) => !skipped.has(candidate))
  await insertRuns(
    tx,
    begun.map(({ run }) => run),
  )
  await cancelOvertaken(tx, begun)
}

/** Those beyond a rate limit or an idempotency key, in the order of their events. */
async function applyRateLimits(
  tx: AnySql,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, SkipReason>> {
  const keys = candidates.map(({ fn, event }) => keyFor(fn, 'rateLimit', event))
  const { now, tats } = await lockRates(tx, keys)
  const skipped = new Map<Candidate, SkipReason>()
  for (const [at, candidate] of candidates.entries()) {
    const [own, key] = [candidate.fn.flow.rateLimit, keys[at]]
    if (!own || !key) continue
    const verdict = admit(own.rate, tats.get(key) ?? null, now)
    if (verdict.admitted) tats.set(key, verdict.tat)
    else skipped.set(candidate, own.reason)
  }
  await storeRates(tx, tats)
  return skipped
}

/** Stores runs and their wake-ups in one statement, and what they wait for to be cancelled. */
export async function insertRuns(sql: AnySql, runs: readonly NewRun[]): Promise<void> {
  if (runs.length === 0) return
  await sql`with r as (${insertion(sql, runs)} returning ${awake(sql)}) ${wakeAll(sql, sql`where open`)}`
  await insertWaits(
    sql,
    runs.flatMap(({ cancels }) => cancels),
  )
}

/** What `wakeAll` reads of a new run. The queue calls those first whose events came first, or whose priority is higher. */
export function awake(sql: AnySql) {
  return sql`id, function_id, order_at as due_at, blocked_on is null as open`
}

/** The statement that stores runs: in line from the start where others of the same batch are before them. */
export function insertion(sql: AnySql, unsorted: readonly NewRun[]) {
  const runs = [...unsorted].sort((a, b) => orderOf(a) - orderOf(b))
  const lines = lineUp(runs)
  return sql`
    insert into job_runs (id, function_id, event_id, event, slots, throttle, singleton, blocked_on, order_at, due_at)
    select n.id, n.function_id, n.event_id, n.event, array(select json_array_elements_text(n.slots::json)),
      n.throttle, n.singleton, n.blocked_on, o.at, greatest(o.at, now())
    from unnest(${runs.map((run) => run.id)}::uuid[], ${runs.map((run) => run.functionId)}::text[],
      ${runs.map((run) => run.eventId)}::uuid[], ${runs.map((run) => run.event)}::text[],
      ${runs.map((run) => JSON.stringify(run.places.map(({ slot }) => slot)))}::text[],
      ${runs.map((run) => run.throttle)}::text[], ${runs.map((run) => run.singleton)}::text[], ${[...lines]}::text[],
      ${runs.map((run) => run.at)}::float8[], ${runs.map((run) => run.priority)}::float8[]
    ) as n (id, function_id, event_id, event, slots, throttle, singleton, blocked_on, at, priority),
    lateral (select coalesce(to_timestamp(n.at), now()) - n.priority * interval '1 second' as at) o`
}

function orderOf({ at, priority }: NewRun): number {
  return (at ?? Date.now() / 1000) - priority
}

type Skip = { readonly run: Pick<NewRun, 'id' | 'functionId' | 'eventId' | 'event'>; readonly reason: SkipReason }

/** Stores runs that never begin, for the page. */
export async function skipRuns(sql: AnySql, skips: readonly Skip[]): Promise<void> {
  if (skips.length === 0) return
  await sql`
    insert into job_runs (id, function_id, event_id, event, state, reason, due_at, finished_at)
    select n.id, n.function_id, n.event_id, n.event, 'skipped', n.reason, null, now()
    from unnest(${skips.map(({ run }) => run.id)}::uuid[], ${skips.map(({ run }) => run.functionId)}::text[],
      ${skips.map(({ run }) => run.eventId)}::uuid[], ${skips.map(({ run }) => run.event)}::text[],
      ${skips.map(({ reason }) => reason)}::text[]) as n (id, function_id, event_id, event, reason)`
}
