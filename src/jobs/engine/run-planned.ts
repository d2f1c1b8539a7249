import { type Answer, errorJson } from './answer'
import { finish } from './apply-ops'
import { ask } from './ask'
import type { Memory, Pending } from './memory'
import type { Due } from './rules-due'
import { completeRun, failRun, storeSteps } from './transitions'
import { nextTry } from './try-again'
import type { Course, Engine, Turn } from './turn'
import { widenTurn } from './widen-turn'

/** Parallel steps of one run that this process runs at a time, where no limit has room for fewer. */
const AT_A_TIME = 10

/** Runs planned steps, each by its own request and stored by itself. */
export async function runPlanned(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  planned: readonly Pending[],
): Promise<Course> {
  let width = 1
  for (let from = 0; from < planned.length; from += width) {
    width = await widenTurn(engine, turn, Math.min(AT_A_TIME, planned.length - from))
    const batch = planned.slice(from, from + width)
    const ended = await Promise.allSettled(batch.map((step) => runOne(engine, turn, memory, step)))
    // One that fails the run takes the lease from its siblings, whose LeaseLost then says nothing new.
    if (ended.some((end) => end.status === 'fulfilled' && end.value === 'over')) return 'over'
    const broken = ended.find((end) => end.status === 'rejected')
    if (broken) throw broken.reason
  }
  if (width > 1) await widenTurn(engine, turn, 1)
  return 'on'
}

async function runOne(engine: Engine, turn: Turn, memory: Memory, step: Pending): Promise<Course> {
  const answer = await ask(engine, turn, memory, step.hash, step.attempt)
  switch (answer.kind) {
    case 'finished':
      await completeRun(engine, turn, answer.output)
      return 'over'
    case 'failed':
      await failRun(engine, turn, answer.error)
      return 'over'
    case 'retry':
      return again(engine, turn, memory, step, answer.error, answer.after)
    case 'ops':
      return take(engine, turn, memory, step, answer)
  }
}

type Ops = Extract<Answer, { kind: 'ops' }>

async function take(engine: Engine, turn: Turn, memory: Memory, step: Pending, { ops, after }: Ops): Promise<Course> {
  const op = ops.find(({ id }) => id === step.hash)
  if (!op) return again(engine, turn, memory, step, errorJson(new Error('the function did not reach this step')), null)
  if (op.op === 'StepError') return again(engine, turn, memory, step, JSON.stringify(op.error), after)
  await storeSteps(engine, turn, [finish(memory, op)])
  return 'on'
}

/** A step's own retry: the run goes on with its siblings meanwhile. */
async function again(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  step: Pending,
  error: string,
  after: Due | null,
): Promise<Course> {
  const attempt = step.attempt + 1
  if (attempt >= turn.fn.tries) {
    await failRun(engine, turn, error)
    return 'over'
  }
  memory.pending.set(step.hash, { ...step, attempt, ripe: false })
  const { hash, name, op } = step
  const due = after ?? nextTry(engine, step.attempt)
  await storeSteps(engine, turn, [{ hash, name, op, state: 'planned', attempt, error, due }])
  return 'on'
}
