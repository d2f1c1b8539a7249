import { isRecord } from '../json'
import { insertRuns } from './admit-run'
import { isTriedAgain, keepFailedTries } from './failed-tries'
import { patiently } from './patience'
import type { Due } from './rules-due'
import { lockSlots, wakeBlocked } from './slots'
import { type AnySql, wakeUp } from './sql'
import { FINISHED, readError, type Told, tellEnd, tellInvoked } from './tell-listeners'
import { type Outcome, tellParent } from './tell-parent'
import { type Engine, LeaseLost, type Turn } from './turn'
import { insertWaits } from './waits'
import { type StepWrite, writeSteps } from './write-steps'

/**
 * Stores steps and goes on, by one statement with what other turns store just now. Throws `LeaseLost` when the run is no
 * longer this turn's.
 */
export async function storeSteps(engine: Engine, turn: Turn, steps: readonly StepWrite[]): Promise<void> {
  const links = steps.some((step) => step.wait || step.invoke || isTriedAgain(step))
  if (links) await patiently(engine, () => engine.sql.begin((tx) => storeWithin(engine, tx, turn, steps)))
  else if (!(await engine.store({ turn, steps }))) throw new LeaseLost()
}

async function storeWithin(engine: Engine, tx: AnySql, turn: Turn, steps: readonly StepWrite[]): Promise<void> {
  const [held] = await writeSteps(tx, [{ turn, steps }])
  if (!held) throw new LeaseLost()
  await linkSteps(engine, tx, turn, steps)
}

/** Stores what belongs to steps, with them: their waits, the runs that they invoke, their failed tries. */
async function linkSteps(engine: Engine, tx: AnySql, turn: Turn, steps: readonly StepWrite[]): Promise<void> {
  await keepFailedTries(tx, turn.runId, steps)
  await insertWaits(
    tx,
    steps.flatMap(({ wait }) => wait ?? []),
  )
  for (const { hash, invoke } of steps) {
    if (!invoke) continue
    await insertRuns(tx, [invoke])
    await tx`update job_runs set parent_run_id = ${turn.runId}, parent_hash = ${hash} where id = ${invoke.id}`
    const { id, functionId, event } = invoke
    const parent = { runId: turn.runId, hash }
    await tellInvoked(tx, engine.registry, { runId: id, functionId, event, parent })
  }
}

/** Ends the run well; `output` is JSON. */
export async function completeRun(engine: Engine, turn: Turn, output: string): Promise<void> {
  const alone = turn.slots.length === 0 && !turn.parent && !hearsOfAll(engine)
  // Not ended by it: the lease is lost, or a run waits to hear of ends, which has to be told with the end.
  if (alone && (await engine.complete({ turn, output }))) return
  await endAndTell(engine, turn, 'completed', { data: output }, [])
}

function hearsOfAll({ registry }: Engine): boolean {
  return [...registry.values()].some(({ events }) => events.some(({ name }) => name === FINISHED))
}

/** Ends the run as failed, and tells those who listen to it. `error` is JSON. */
export async function failRun(
  engine: Engine,
  turn: Turn,
  error: string,
  steps: readonly StepWrite[] = [],
): Promise<void> {
  await endAndTell(engine, turn, 'failed', { error }, steps)
  engine.log.warn({ function: turn.fn.id, run: turn.runId, error: messageOf(error) }, 'a job failed')
}

/** One transaction: whoever listens hears of each end, and of no other. */
async function endAndTell(
  engine: Engine,
  turn: Turn,
  state: 'completed' | 'failed',
  outcome: Outcome,
  steps: readonly StepWrite[],
): Promise<void> {
  await leave(engine, turn, { steps }, async (tx) => {
    const rows = await end(tx, turn, state, outcome)
    if (rows.count > 0) await tellEnd(tx, engine.registry, toldOf(turn), state, outcome)
    return rows
  })
}

function toldOf({ runId, fn, event, parent }: Turn): Told {
  return { runId, functionId: fn.id, event, parent }
}

async function end(sql: AnySql, turn: Turn, state: 'completed' | 'failed', outcome: Outcome) {
  const [data, error] = 'data' in outcome ? [outcome.data, null] : [null, outcome.error]
  const ended = await sql`
    with r as (
      update job_runs set state = ${state}, output = ${data}, error = ${error}, finished_at = now(), due_at = null,
        lease_id = null, worker_id = null
      where id = ${turn.runId} and lease_id = ${turn.leaseId} returning id
    ), waits as (delete from job_waits where run_id in (select id from r))
    select id from r`
  if (ended.count > 0 && turn.parent) await tellParent(sql, turn.parent, told(outcome))
  return ended
}

function told(outcome: Outcome): Outcome {
  return 'data' in outcome ? outcome : { error: JSON.stringify(readError(outcome.error)) }
}

function messageOf(json: string): string {
  const error = readError(json)
  return isRecord(error) ? String(error.message) : json
}

export type Park = {
  readonly attempt?: number
  readonly error?: string
  readonly steps?: readonly StepWrite[]
  /** When to go on; else when the first of its open steps is due. */
  readonly due?: Due
}

/** Lets go of the run until its time, or until it has taken longer than it may; a wake-up is added with it. */
export async function parkRun(engine: Engine, turn: Turn, park: Park): Promise<void> {
  const at = park.due && 'at' in park.due ? park.due.at : null
  const after = park.due && 'afterMs' in park.due ? park.due.afterMs : null
  // A step's failed try is kept with the step.
  const ownError = park.steps?.some(isTriedAgain) ? null : (park.error ?? null)
  await leave(engine, turn, park, async (sql) => {
    return sql`
      with r as (
        update job_runs set state = 'sleeping', lease_id = null, worker_id = null, attempt = ${park.attempt ?? 0},
          error = ${park.error ?? null},
          due_at = least(coalesce(${at}::timestamptz, now() + ${after}::float8 * interval '1 ms', (
            select min(s.due_at) from job_steps s
            where s.run_id = ${turn.runId} and s.state in ('planned', 'sleeping', 'waiting', 'arrived')
          ), now()), started_at + ${turn.fn.timeouts.finishMs}::float8 * interval '1 ms')
        where id = ${turn.runId} and lease_id = ${turn.leaseId} returning id, function_id, due_at, attempt
      ), tried as (
        insert into job_failed_tries (run_id, hash, attempt, error)
        select id, '', attempt, ${ownError} from r where ${ownError}::text is not null
      ) select ${wakeUp(sql)} is not null as woken from r`
  })
}

type Leaving = { readonly steps?: readonly StepWrite[]; readonly due?: Due | null }

type Update = (sql: AnySql) => PromiseLike<{ readonly count: number }>

/** Writes the last steps, leaves the run, and lets the next one into its slots: one transaction. */
async function leave(engine: Engine, turn: Turn, { steps = [], due }: Leaving, update: Update) {
  // One that parks until its steps are due must see those that are answered just now.
  const alone = turn.slots.length === 0 && steps.length === 0 && !turn.parent && due !== undefined
  await patiently(engine, async () => {
    const left = alone
      ? await update(engine.sql)
      : await engine.sql.begin((tx) => leaveWith(engine, tx, turn, steps, update))
    if (left.count === 0) throw new LeaseLost()
  })
}

/** The run's lock comes before what is read of its steps, and after those of its slots, whoever takes them. */
async function leaveWith(
  engine: Engine,
  tx: AnySql,
  turn: Turn,
  steps: readonly StepWrite[],
  update: Update,
): Promise<{ readonly count: number }> {
  await lockSlots(tx, turn.slots)
  if (steps.length > 0) await storeWithin(engine, tx, turn, steps)
  else await tx`select from job_runs where id = ${turn.runId} and lease_id = ${turn.leaseId} for update`
  const left = await update(tx)
  if (left.count > 0) await wakeBlocked(tx, turn.slots)
  return left
}
