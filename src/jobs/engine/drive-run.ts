import { applyOps } from './apply-ops'
import { ask } from './ask'
import type { Claimed } from './claim-run'
import { type Memory, type Pending, remember } from './memory'
import { runPlanned } from './run-planned'
import { completeRun, failRun, parkRun, storeSteps } from './transitions'
import { tryAgain } from './try-again'
import { type Course, type Engine, LeaseLost, type Turn } from './turn'

/** After so long a turn lets others in: a loop of ten thousand steps must not hold a slot for all its time. */
const TURN_MS = 10_000

/** Runs step after step until the run ends, sleeps, fails, or this process is asked to stop. */
export async function driveRun(engine: Engine, { turn, memory }: Claimed): Promise<void> {
  const began = performance.now()
  try {
    for (let course: Course = 'on'; course === 'on'; ) {
      const over = engine.isStopping() || performance.now() - began > TURN_MS
      course = over ? await giveBack(engine, turn, memory) : await goOn(engine, turn, memory)
    }
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error
    engine.log.info({ function: turn.fn.id, run: turn.runId }, 'a job was taken over by another worker')
  }
}

/** One round: end the sleeps whose time has come, run what is planned, then ask the function for more. */
async function goOn(engine: Engine, turn: Turn, memory: Memory): Promise<Course> {
  const ripe = [...memory.pending.values()].filter((step) => step.ripe)
  await endSleeps(engine, turn, memory, ripe)
  const planned = ripe.filter((step) => step.state === 'planned')
  if (planned.length > 0 && (await runPlanned(engine, turn, memory, planned)) === 'over') return 'over'
  return discover(engine, turn, memory)
}

async function endSleeps(engine: Engine, turn: Turn, memory: Memory, ripe: readonly Pending[]): Promise<void> {
  const slept = ripe.filter((step) => step.state === 'sleeping')
  const writes = slept.map(({ hash, name, op }) => {
    const position = memory.order.length
    remember(memory, hash, 'done', null)
    return { hash, name, op, state: 'done' as const, position, data: 'null' }
  })
  if (writes.length > 0) await storeSteps(engine, turn, writes)
}

async function discover(engine: Engine, turn: Turn, memory: Memory): Promise<Course> {
  const answer = await ask(engine, turn, memory, 'step', memory.attempt)
  switch (answer.kind) {
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
