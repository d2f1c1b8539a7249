import type { Memory } from './memory'
import type { Due } from './rules-due'
import { failRun, parkRun } from './transitions'
import type { Course, Engine, Turn } from './turn'
import type { StepWrite } from './write-steps'

type Failure = { readonly error: string; readonly after: Due | null }

/** A try of the function failed: parks it until the next one, or fails it when that was the last. */
export async function tryAgain(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  { error, after }: Failure,
  steps: readonly StepWrite[] = [],
): Promise<Course> {
  const attempt = memory.attempt + 1
  if (attempt >= turn.fn.tries) await failRun(engine, turn, error, steps)
  else await parkRun(engine, turn, { attempt, error, steps, due: after ?? nextTry(engine, memory.attempt) })
  return 'over'
}

export function nextTry(engine: Engine, attempt: number): Due {
  return { afterMs: engine.backoff(attempt, Math.random()) }
}
