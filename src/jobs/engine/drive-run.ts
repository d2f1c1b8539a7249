import { isPassing } from '@/db/lost-connection'
import { errorJson } from './answer'
import { applyOps } from './apply-ops'
import { askAhead } from './ask-ahead'
import { type Branches, createBranches } from './branches'
import { cancelRuns } from './cancel-runs'
import type { Claimed } from './claim-run'
import { endWaits } from './end-waits'
import { excessOf, type Memory } from './memory'
import { patiently } from './patience'
import { runPlanned } from './run-planned'
import { completeRun, failRun, parkRun } from './transitions'
import { tryAgain } from './try-again'
import { type Course, type Engine, LeaseLost, type Turn } from './turn'
import { cancelsOf, insertWaits } from './waits'
import { type Overdue, watchTurn } from './watch-turn'

/** After so long a turn lets others in: a loop of a thousand steps must not hold a slot for all its time. */
const TURN_MS = 10_000

/**
 * Runs step after step until the run ends, sleeps, fails, or this process is asked to stop; or until a step that goes on
 * for too long is left to itself, so that it does not hold its place here for ever.
 */
export async function driveRun(engine: Engine, { turn, memory }: Claimed): Promise<void> {
  const atFirst = { ...memory }
  const watch = watchTurn(engine, turn)
  try {
    const overdue = await Promise.race([drive({ ...engine, handler: watch.timed }, turn, memory), watch.overdue])
    if (overdue) await leaveAlone(engine, turn, overdue)
  } catch (error) {
    await settleFault(engine, turn, atFirst, error)
  } finally {
    watch.end()
  }
}

async function drive(engine: Engine, turn: Turn, memory: Memory): Promise<void> {
  const began = performance.now()
  const mayBegin = () => !engine.isStopping() && !isTimedOut(turn, performance.now() - began) && !excessOf(memory)
  const mayGoOn = () => performance.now() - began <= TURN_MS && mayBegin()
  const branches = createBranches(engine, turn, memory, mayBegin)
  await listenForCancels(engine, turn, memory)
  for (let course: Course = 'on'; course === 'on'; ) {
    const ms = performance.now() - began
    if (isTimedOut(turn, ms)) return await timeOut(engine, turn)
    const excess = excessOf(memory)
    if (excess) return await failRun(engine, turn, errorJson(new Error(excess)))
    const over = engine.isStopping() || ms > TURN_MS
    course = over ? await giveBack(engine, turn, memory) : await goOn(branches, mayGoOn)
  }
}

/** What the function still does has no effect on the run: whatever it stores needs the lease. */
async function leaveAlone(engine: Engine, turn: Turn, overdue: Overdue): Promise<void> {
  engine.log.warn({ function: turn.fn.id, run: turn.runId, overdue }, 'a step that goes on is left to itself')
  if (overdue === 'finish') await timeOut(engine, turn)
  if (overdue === 'step') throw new Error(`a step took longer than ${engine.longestStepMs / 1000} seconds`)
}

/**
 * What the database refuses now it refuses again: a failed try, counted from the turn's begin, for a step that was not
 * stored is no progress.
 */
async function settleFault(engine: Engine, turn: Turn, memory: Memory, error: unknown): Promise<void> {
  const who = { function: turn.fn.id, run: turn.runId }
  if (error instanceof LeaseLost) return engine.log.info(who, 'a job was taken over by another worker')
  if (isPassing(error)) throw error
  engine.log.error({ err: error, ...who }, 'a job could not go on')
  const words = errorJson(error instanceof Error ? error : new Error(String(error)))
  await tryAgain(engine, turn, memory, { error: words, after: null })
}

/** A run that was not begun by its event (but again, by hand) has nobody listen yet for what cancels it. */
async function listenForCancels(engine: Engine, turn: Turn, memory: Memory): Promise<void> {
  if (turn.fn.cancels.length === 0 || memory.order.length > 0) return
  await insertWaits(engine.sql, cancelsOf(turn.fn, turn.runId, JSON.parse(turn.event)))
}

/** The function's own `timeouts`: too long in the queue, or too long at work. Who sleeps is woken for it. */
function isTimedOut({ fn, queuedMs, runMs }: Turn, turnMs: number): boolean {
  const { startMs, finishMs } = fn.timeouts
  return (startMs !== null && queuedMs > startMs) || (finishMs !== null && runMs + turnMs >= finishMs)
}

async function timeOut(engine: Engine, turn: Turn): Promise<void> {
  await patiently(engine, () => engine.sql.begin((tx) => cancelRuns(tx, [turn.runId])))
  engine.log.info({ function: turn.fn.id, run: turn.runId }, 'a job took longer than its timeouts allow')
}

/** One round: take in what has come since, run what is planned, then ask the function for more. */
async function goOn(branches: Branches, mayGoOn: () => boolean): Promise<Course> {
  const { engine, turn, memory, mayBegin } = branches
  const ripe = [...memory.pending.values()].filter((step) => step.ripe)
  await endWaits(engine, turn, memory, ripe)
  if (ripe.some((step) => step.state === 'planned')) {
    if ((await runPlanned(branches)) === 'over') return 'over'
    if (!mayBegin()) return 'on'
  }
  return discover(engine, turn, memory, mayGoOn)
}

async function discover(engine: Engine, turn: Turn, memory: Memory, mayGoOn: () => boolean): Promise<Course> {
  const answer = await askAhead(engine, turn, memory, mayGoOn)
  switch (answer.kind) {
    case 'halted':
      return 'on'
    case 'finished':
      await completeRun(engine, turn, answer.output)
      return 'over'
    case 'failed':
      await failRun(engine, turn, answer.error)
      return 'over'
    case 'retry':
      return tryAgain(engine, turn, memory, answer)
    case 'ops':
      return applyOps(engine, turn, memory, answer)
  }
}

async function giveBack(engine: Engine, turn: Turn, memory: Memory): Promise<Course> {
  await parkRun(engine, turn, { attempt: memory.attempt, due: { afterMs: 0 } })
  return 'over'
}
