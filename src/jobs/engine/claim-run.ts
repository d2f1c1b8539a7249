import { errorJson } from './answer'
import { placesFor } from './flow'
import { type Memory, recall, type StepRow } from './memory'
import type { EngineFunction } from './registry'
import { firstFull, withRoom } from './rules-slots'
import { block, lockSlots, readStandings, type Waiter, wakeBlocked } from './slots'
import type { AnySql, EngineSql } from './sql'
import { askThrottle, callOnTime, holdBack, type Pass, spendPass } from './throttle-run'
import { failRun } from './transitions'
import type { Engine, Turn } from './turn'

export type Claimed = { readonly turn: Turn; readonly memory: Memory }

export type Claim = { readonly runId: string; readonly leaseId: string; readonly workerId: string }
type Row = {
  event: string
  attempt: number
  takeovers: number
  slots: string[]
  fresh: boolean
  parent: Turn['parent']
  queuedMs: number
  runMs: number
}
/** A run to be called at a time of this process's clock. */
type Call = { readonly runId: string; readonly inMs: number }

/** A run that kills its process again and again must not do so for ever; but those beside it are counted too. */
const MOST_TAKEOVERS = 100

/**
 * Takes a due run for this worker and reads its steps. Null when it is not due, another worker has it, or a concurrency
 * limit or a throttle holds it back (then it waits in its line).
 */
export async function claimRun(engine: Engine, claim: Claim, fn: EngineFunction): Promise<Claimed | null> {
  const { limits, throttle } = fn.flow
  const held = limits.length > 0 || throttle !== null
  const { row, call } = held ? await takeWithin(engine.sql, claim, fn) : { row: await take(engine.sql, claim, []) }
  if (call) callOnTime(engine, call.runId, call.inMs)
  if (!row) return null
  const { runId, leaseId } = claim
  const { event, slots, parent, queuedMs, runMs } = row
  const turn = { runId, leaseId, fn, event, slots, parent, queuedMs, runMs }
  if (row.takeovers > MOST_TAKEOVERS) return giveUp(engine, turn)
  return { turn, memory: recall(row.fresh ? [] : await readSteps(engine.sql, runId), row.attempt) }
}

async function take(sql: AnySql, { runId, leaseId, workerId }: Claim, slots: readonly string[]): Promise<Row | null> {
  const [row] = await sql<Row>`
    update job_runs set state = 'running', lease_id = ${leaseId}, worker_id = ${workerId}, due_at = null,
      blocked_on = null, called_to = null, keeps = null, throttle = null, width = 1, slots = ${[...slots]},
      started_at = coalesce(started_at, now())
    where id = ${runId} and state in ('queued', 'sleeping') and due_at <= now()
    returning event, attempt, takeovers, slots, started_at = now() as fresh, ${turnColumns(sql)}`
  return row ?? null
}

type Waiting = { event: string; throttle: string | null; calledTo: string | null; keeps: string | null }
type Taken = { readonly row: Row | null; readonly call?: Call }

/**
 * Takes it unless its throttle or a limit holds it back. Locked first and counted after, so that two workers never both
 * see the last place. Its places are those of this release.
 */
async function takeWithin(sql: EngineSql, claim: Claim, fn: EngineFunction): Promise<Taken> {
  return sql.begin(async (tx) => {
    const [found] = await readWaiting(tx, claim.runId)
    if (!found) return { row: null }
    const places = placesFor(fn, JSON.parse(found.event))
    await lockSlots(tx, linesOf(found, places))
    // It may have been called, or passed by, while this waited for the lock.
    const [waiting] = await readWaiting(tx, claim.runId)
    if (!waiting) return { row: null }
    const { calledTo, keeps } = waiting
    return begin(tx, claim, fn, { runId: claim.runId, places, calledTo, keeps }, waiting.throttle)
  })
}

function readWaiting(tx: AnySql, runId: string) {
  return tx<Waiting>`
    select event, throttle, called_to as "calledTo", keeps from job_runs
    where id = ${runId} and state in ('queued', 'sleeping') and due_at <= now()`
}

function linesOf({ throttle, calledTo, keeps }: Waiting, places: Waiter['places']): readonly string[] {
  return [throttle, calledTo, keeps, ...places.map(({ slot }) => slot)].filter((line) => line !== null)
}

async function begin(
  tx: AnySql,
  claim: Claim,
  fn: EngineFunction,
  waiter: Waiter,
  throttle: string | null,
): Promise<Taken> {
  if (throttle === null) return { row: await enter(tx, claim, waiter) }
  const pass = await askThrottle(tx, fn, throttle, waiter.runId)
  if (pass.kind !== 'open') return refuse(tx, waiter, throttle, pass)
  const row = await enter(tx, claim, waiter)
  if (!row) return { row }
  const next = await spendPass(tx, throttle, pass)
  return next ? { row, call: { runId: next, inMs: pass.nextAt - pass.now } } : { row }
}

/** Takes its places, or waits for the first that is full. Where there is room for more, the next in line is called too. */
async function enter(tx: AnySql, claim: Claim, waiter: Waiter): Promise<Row | null> {
  const standings = await readStandings(tx, waiter)
  const full = firstFull(waiter.places, standings, [waiter.calledTo, waiter.keeps])
  if (full) {
    await block(tx, waiter, full)
    return null
  }
  const slots = waiter.places.map(({ slot }) => slot)
  const row = await take(tx, claim, slots)
  await wakeBlocked(tx, withRoom(waiter.places, standings))
  return row
}

/** A run that its throttle holds back keeps no place. */
async function refuse(
  tx: AnySql,
  { runId, calledTo, keeps }: Waiter,
  throttle: string,
  pass: Exclude<Pass, { kind: 'open' }>,
): Promise<Taken> {
  await holdBack(tx, runId, throttle, pass)
  await wakeBlocked(
    tx,
    [calledTo, keeps].filter((slot) => slot !== null),
  )
  return pass.kind === 'later' ? { row: null, call: { runId, inMs: pass.at - pass.now } } : { row: null }
}

/** Who invoked it, and how long it waited and has run, by the database's clock. */
function turnColumns(sql: AnySql) {
  return sql`
    case when parent_run_id is not null then json_build_object('runId', parent_run_id, 'hash', parent_hash) end as parent,
    extract(epoch from started_at - created_at)::float8 * 1000 as "queuedMs",
    extract(epoch from now() - started_at)::float8 * 1000 as "runMs"`
}

async function readSteps(sql: AnySql, runId: string): Promise<readonly StepRow[]> {
  return sql<StepRow>`
    select hash, name, op, state, attempt, data, error, coalesce(due_at <= now(), false) as ripe
    from job_steps where run_id = ${runId} order by position nulls last, due_at, created_at`
}

async function giveUp(engine: Engine, turn: Turn): Promise<null> {
  const error = new Error(`its process died ${MOST_TAKEOVERS} times while it ran this step`)
  await failRun(engine, turn, errorJson(error))
  return null
}
