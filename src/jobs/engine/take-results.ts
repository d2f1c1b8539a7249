import { type Answer, errorJson } from './answer'
import { finish } from './apply-ops'
import type { Memory, Pending } from './memory'
import type { Due } from './rules-due'
import { completeRun, failRun, storeSteps } from './transitions'
import { nextTry } from './try-again'
import type { Engine, Turn } from './turn'
import type { StepWrite } from './write-steps'

/** Ends the run, or throws what must end the turn; called once nothing of it is at work. */
export type Ending = () => Promise<void>

export type Ran = { readonly step: Pending; readonly answer: Answer }

/**
 * Stores what planned steps came to, in the order in which they ended; a try that failed is planned again. Answers how the
 * run ends, where one of them ends it. Throws `LeaseLost`.
 */
export async function takeResults(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  ran: readonly Ran[],
): Promise<Ending | null> {
  const taken = ran.map((one) => read(engine, turn, memory, one))
  // One statement, but one that is refused costs the others nothing (group.ts).
  const writes = taken.filter((one) => typeof one !== 'function').map((step) => storeSteps(engine, turn, [step]))
  const refused = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected')
  if (refused?.status === 'rejected') throw refused.reason
  return taken.find((one) => typeof one === 'function') ?? null
}

function read(engine: Engine, turn: Turn, memory: Memory, { step, answer }: Ran): StepWrite | Ending {
  switch (answer.kind) {
    case 'finished':
      return () => completeRun(engine, turn, answer.output)
    case 'failed':
      return () => failRun(engine, turn, answer.error)
    case 'retry':
      return again(engine, turn, memory, step, answer.error, answer.after)
    case 'ops':
      return readOps(engine, turn, memory, step, answer)
  }
}

type Ops = Extract<Answer, { kind: 'ops' }>

function readOps(engine: Engine, turn: Turn, memory: Memory, step: Pending, { ops, after }: Ops): StepWrite | Ending {
  const op = ops.find(({ id }) => id === step.hash)
  if (!op) return again(engine, turn, memory, step, errorJson(new Error('the function did not reach this step')), null)
  if (op.op === 'StepError') return again(engine, turn, memory, step, JSON.stringify(op.error), after)
  return finish(memory, op)
}

/** A step's own retry: the run goes on with its siblings meanwhile. */
function again(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  step: Pending,
  error: string,
  after: Due | null,
): StepWrite | Ending {
  const attempt = step.attempt + 1
  if (attempt >= turn.fn.tries) return () => failRun(engine, turn, error)
  memory.pending.set(step.hash, { ...step, attempt, ripe: false })
  const { hash, name, op } = step
  return { hash, name, op, state: 'planned', attempt, error, due: after ?? nextTry(engine, step.attempt) }
}
