import { type Answer, errorJson, readAnswer } from './answer'
import { type Memory, requestBody } from './memory'
import type { Engine, Turn } from './turn'

/** Calls the function in process. What it throws past the SDK is a failed try like any other. */
export async function ask(engine: Engine, turn: Turn, memory: Memory, step: string, attempt: number): Promise<Answer> {
  const { runId: id, leaseId, event, fn } = turn
  const checkpoints = engine.checkpointing && step === 'step' ? { fn_id: fn.id, qi_id: leaseId } : undefined
  try {
    const body = requestBody(memory, { id, step, event, attempt, tries: fn.tries, checkpoints })
    return readAnswer(await engine.handler.call(turn.fn.id, step, body, `gleaner=${turn.runId}`))
  } catch (error) {
    return { kind: 'retry', error: errorJson(error instanceof Error ? error : new Error(String(error))), after: null }
  }
}
