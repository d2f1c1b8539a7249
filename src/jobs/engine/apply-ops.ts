import { type Answer, errorJson, type Op } from './answer'
import { beginStep, canBegin, named } from './begin-steps'
import { knows, type Memory, remember } from './memory'
import { completeRun, failRun, parkRun, storeSteps } from './transitions'
import { tryAgain } from './try-again'
import type { Course, Engine, Turn } from './turn'
import type { StepWrite } from './write-steps'

type Ops = Extract<Answer, { kind: 'ops' }>

/** Takes in what the function reported: steps that ran, steps to plan, sleeps to begin. */
export async function applyOps(engine: Engine, turn: Turn, memory: Memory, { ops, after }: Ops): Promise<Course> {
  const writes: StepWrite[] = []
  for (const op of ops) {
    switch (op.op) {
      case 'RunComplete':
        if (writes.length > 0) await storeSteps(engine, turn, writes)
        await completeRun(engine, turn, JSON.stringify(op.data ?? null))
        return 'over'
      case 'StepError':
        return tryAgain(engine, turn, memory, { error: JSON.stringify(op.error), after }, [retrying(op, memory)])
      case 'Step':
      case 'StepRun':
      case 'StepFailed':
        writes.push(finish(memory, op))
        break
      case 'StepPlanned':
        if (!knows(memory, op.id)) writes.push(plan(memory, op))
        break
      default:
        if (!canBegin(op)) return refuse(engine, turn, op)
        if (!knows(memory, op.id)) writes.push(beginStep(engine, turn, memory, op))
    }
  }
  return settle(engine, turn, memory, writes)
}

/**
 * Begins those steps among what the function reported that are new, and stores them; the rest is left to the next asking.
 * For a function that was asked while steps of its run are at work. Answers what it stored.
 */
export async function beginFound(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  ops: readonly Op[],
): Promise<readonly StepWrite[]> {
  const found = ops.filter((op) => !knows(memory, op.id) && (op.op === 'StepPlanned' || canBegin(op)))
  if (found.length === 0) return []
  const writes = found.map((op) => (canBegin(op) ? beginStep(engine, turn, memory, op) : plan(memory, op)))
  await storeSteps(engine, turn, writes)
  return writes
}

/** Stores what is new. When nothing can be run before a step is due, the run is parked with it, in one transaction. */
async function settle(engine: Engine, turn: Turn, memory: Memory, writes: readonly StepWrite[]): Promise<Course> {
  memory.attempt = 0
  const finished = writes.some(({ state }) => state === 'done' || state === 'failed')
  const runnable = finished || [...memory.pending.values()].some((step) => step.ripe)
  if (runnable) {
    await storeSteps(engine, turn, writes)
    return 'on'
  }
  await parkRun(engine, turn, { steps: writes })
  return 'over'
}

/** A step that has run: its data, or the error that is its result after the last try. */
export function finish(memory: Memory, op: Op): StepWrite {
  const position = memory.order.length
  const state = op.op === 'StepFailed' ? 'failed' : 'done'
  const json = JSON.stringify((state === 'failed' ? op.error : op.data) ?? null)
  remember(memory, op.id, state, json)
  const durationMs = Math.round((op.timing?.b ?? 0) / 1e6)
  return { ...named(op), state, position, durationMs, ...(state === 'failed' ? { error: json } : { data: json }) }
}

function plan(memory: Memory, op: Op): StepWrite {
  memory.known = null
  memory.pending.set(op.id, { ...named(op), state: 'planned', attempt: 0, ripe: true })
  return { ...named(op), state: 'planned', due: { afterMs: 0 } }
}

/** For the page alone: the run itself is tried again, and with it this step. */
function retrying(op: Op, memory: Memory): StepWrite {
  return { ...named(op), state: 'retrying', attempt: memory.attempt + 1, error: JSON.stringify(op.error) }
}

/** What the SDK's user calls the steps that only an Inngest server has. */
const TOOLS: Readonly<Record<string, string>> = {
  AIGateway: 'step.ai.infer',
  Gateway: 'step.fetch',
  WaitForSignal: 'step.waitForSignal',
}

async function refuse(engine: Engine, turn: Turn, op: Op): Promise<Course> {
  const tool = TOOLS[op.op] ?? op.op
  const error = new Error(`the embedded engine has no ${tool} (step ${op.displayName ?? op.name ?? op.id})`)
  await failRun(engine, turn, errorJson(error))
  return 'over'
}
