import { awake, type Candidate, insertion } from './admit-run'
import { beginRuns, candidatesOf } from './begin-runs'
import { isGuarded } from './flow'
import { handOver } from './hand-over'
import { type Foreign, findForeign, knownOf } from './known'
import { lockCancels, namesOf } from './lock-cancels'
import { type Awaited, findAwaited, matchWaits, type StoredEvent } from './match-waits'
import { patiently } from './patience'
import { routeOrHalve } from './refuse-events'
import type { Registry } from './registry'
import { groupsOf } from './routing-groups'
import { type AnySql, wakeAll } from './sql'
import type { Engine } from './turn'

/** What routing needs of an engine. */
type Router = Pick<Engine, 'sql' | 'log' | 'registry' | 'isStopping'>
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
export async function routeEvents(router: Router, ids: readonly string[]): Promise<void> {
  const [events, awaited] = await Promise.all([readEvents(router, ids), findAwaited(router.sql, ids)])
  await routeSome(router, events, awaited)
}

function routeSome(router: Router, events: readonly Routed[], awaited: readonly Awaited[]): Promise<void> {
  return routeOrHalve(router, events, { route: (some) => routeTogether(router, some, awaited), again: false })
}

/** By one statement, where no event has to look at others; else by a transaction for each group of them. */
async function routeTogether(router: Router, events: readonly Routed[], awaited: readonly Awaited[]): Promise<void> {
  const candidates = events.flatMap((event) => candidatesOf(router.registry, event))
  const foreign = await findListeners(router, events)
  const cancelling = cancellingOf(router.registry, events)
  const guarded = candidates.some(({ fn, run }) => isGuarded(fn.flow) || run.cancels.length > 0)
  const plain = !guarded && awaited.length === 0 && foreign.length === 0 && cancelling.length === 0
  if (plain) return routeAll(router, events, candidates)
  const groups = groupsOf(events, candidates)
  if (groups.length > 1) for (const group of groups) await routeSome(router, group, awaited)
  else await patiently(router, () => routeGuarded(router, { events, candidates, awaited, foreign, cancelling }))
}

/** What cancels the functions of another release, only that one knows. */
function cancellingOf(registry: Registry, events: readonly Routed[]): readonly string[] {
  const known = new Set([...registry.values()].flatMap(({ cancels }) => namesOf(cancels)))
  return [...new Set(events.flatMap(({ name, shared }) => (shared || known.has(name) ? [name] : [])))]
}

/** `shared`: a worker of another release lives. */
function readEvents({ sql, registry }: Router, ids: readonly string[]) {
  return sql<Routed>`
    select id, name, payload, extract(epoch from received_at)::float8 as at,
      exists (select from job_workers where release <> ${knownOf(registry).release}) as shared
    from job_events where id = any(${[...ids]}::uuid[]) and routed_at is null order by received_at, id`
}

async function findListeners({ sql, registry }: Router, events: readonly Routed[]): Promise<readonly Foreign[]> {
  if (!events.some(({ shared }) => shared)) return []
  return findForeign(
    sql,
    registry,
    events.map(({ name }) => name),
  )
}

/** One statement, where every event begins its runs. */
async function routeAll({ sql }: Router, events: readonly Routed[], candidates: readonly Candidate[]): Promise<void> {
  const runs = candidates.map(({ run }) => run)
  await sql`
    with e as (${marking(sql, events)}),
      r as (${insertion(sql, runs)} where n.event_id in (select id from e) returning ${awake(sql)})
    ${wakeAll(sql, sql`where open`)}`
}

/** One transaction, where some events may begin no run, or not at once, or somebody waits for them. */
async function routeGuarded({ sql }: Router, { events, candidates, awaited, foreign, cancelling }: Routing) {
  await sql.begin(async (tx) => {
    await lockCancels(tx, cancelling, namesOf(candidates.flatMap(({ run }) => run.cancels)))
    const ids = events.map(({ id }) => id)
    const free = await tx<{ id: string }>`
      select id from job_events where id = any(${ids}::uuid[]) and routed_at is null order by id for update`
    const mine = new Set(free.map(({ id }) => id))
    const own = events.filter(({ id }) => mine.has(id))
    // Before the runs: each looks at what was routed and came after its event, and others of this group may have.
    await tx`${marking(tx, own)}`
    // Read again: what listens for what cancels may have been stored until the lock was had.
    await matchWaits(tx, own, cancelling.length > 0 ? await findAwaited(tx, ids) : awaited)
    await beginRuns(
      tx,
      candidates.filter(({ run }) => run.eventId !== null && mine.has(run.eventId)),
    )
    await handOver(tx, own, foreign)
  })
}

function marking(sql: AnySql, events: readonly Routed[]) {
  return sql`
    update job_events set routed_at = now()
    where id = any(${events.map(({ id }) => id)}::uuid[]) and routed_at is null returning id`
}
