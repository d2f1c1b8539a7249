import type { Answer } from './answer'
import { finish } from './apply-ops'
import { ask } from './ask'
import { listenTo } from './checkpoints'
import type { Memory } from './memory'
import { storeSteps } from './transitions'
import type { Engine, Turn } from './turn'

/** The function was stopped between two steps, for `mayGoOn` said no. */
type Halted = { readonly kind: 'halted' }

/**
 * Asks what is next, and lets the function run on from step to step while `mayGoOn`: the SDK posts each result (a
 * checkpoint) and waits until it is stored under the turn's lease. So no step begins before the one before it is durable,
 * as when each is asked for, but without a request for each. Throws `LeaseLost`.
 */
export async function askAhead(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  mayGoOn: () => boolean,
): Promise<Answer | Halted> {
  let [halted, failed, failure]: [boolean, boolean, unknown] = [false, false, undefined]
  const stop = listenTo(turn.leaseId, async (ops) => {
    try {
      memory.attempt = 0
      const steps = ops.map((op) => finish(memory, op))
      await storeSteps(engine, turn, steps)
      halted = !mayGoOn()
    } catch (error) {
      ;[failed, failure] = [true, error]
    }
    return !halted && !failed
  })
  try {
    const answer = await ask(engine, turn, memory, 'step', memory.attempt)
    // What is not stored must not be built upon, whatever the SDK made of it.
    if (failed) throw failure
    return halted ? { kind: 'halted' } : answer
  } finally {
    stop()
  }
}
