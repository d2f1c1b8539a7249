import type { Answer } from './answer'
import { beginFound } from './apply-ops'
import { ask } from './ask'
import type { Memory } from './memory'
import type { Engine, Turn } from './turn'

/** Steps that end together are asked after together. */
const QUIET_MS = 10
/** While planned steps wait for a place, others that were found could not begin either; but their sleeps could. */
const FULL_MS = 1000

/** Asks the function for more while steps of its run are at work. */
export type Finder = {
  /** A step has ended, so that there may be more. */
  readonly note: () => void
  /** After how many milliseconds to ask; null when nothing has ended since the last time. */
  readonly inMs: (isFull: boolean) => number | null
  readonly ask: () => Promise<Answer>
  /**
   * Begins what was found: new steps alone. Whatever else the function says (it has ended, has failed) it says again
   * when it is asked with nothing at work. Answers whether it found any. Throws `LeaseLost`.
   */
  readonly begin: (answer: Answer) => Promise<boolean>
}

/** It takes at most half of the time: each asking carries all results, and runs the function's code between its steps. */
export function createFinder(engine: Engine, turn: Turn, memory: Memory): Finder {
  let [changed, asked, notBefore] = [false, performance.now(), 0]
  const hush = (ms: number) => {
    notBefore = Math.max(notBefore, performance.now() + ms)
  }
  const note = () => {
    changed = true
    hush(QUIET_MS)
  }
  return {
    note,
    inMs: (isFull) => {
      const from = isFull ? Math.max(notBefore, asked + FULL_MS) : notBefore
      return changed ? Math.max(0, from - performance.now()) : null
    },
    ask: async () => {
      changed = false
      asked = performance.now()
      const answer = await ask(engine, turn, memory, 'step', memory.attempt)
      hush(performance.now() - asked)
      return answer
    },
    begin: async (answer) => {
      if (answer.kind !== 'ops') return false
      const begun = await beginFound(engine, turn, memory, answer.ops)
      // One that could not begin has failed at once, and the function is told.
      if (begun.some(({ state }) => state === 'failed')) note()
      return begun.length > 0
    },
  }
}
