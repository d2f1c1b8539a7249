import type { Handler } from './handler'
import type { Engine, Turn } from './turn'

/** The run is no longer this turn's; its `finish` has come; one step takes longer than any may. */
export type Overdue = 'lost' | 'finish' | 'step'

export type TurnWatch = {
  /** Resolves when the turn must not be waited for any longer: code that hangs cannot be ended, only left alone. */
  readonly overdue: Promise<Overdue>
  /** The same handler; each of its calls may take so long as a step may. */
  readonly timed: Handler
  readonly end: () => void
}

/** What a timer can take; no turn lasts so long. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function watchTurn(engine: Engine, { leaseId, fn, runMs }: Turn): TurnWatch {
  const { finishMs } = fn.timeouts
  const { promise, resolve } = Promise.withResolvers<Overdue>()
  const timers = new Set<NodeJS.Timeout>()
  const start = (ms: number, why: Overdue) => {
    const timer = setTimeout(() => resolve(why), ms).unref()
    timers.add(timer)
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const toFinish = finishMs === null ? Number.POSITIVE_INFINITY : Math.max(0, finishMs - runMs)
  if (toFinish <= LONGEST_TIMER_MS) start(toFinish, 'finish')
  engine.driven.set(leaseId, () => resolve('lost'))
  return {
    overdue: promise,
    timed: timeCalls(engine.handler, () => start(engine.longestStepMs, 'step')),
    end: () => {
      for (const timer of timers) clearTimeout(timer)
      engine.driven.delete(leaseId)
    },
  }
}

function timeCalls(handler: Handler, start: () => () => void): Handler {
  return {
    ...handler,
    call: async (...asked) => {
      const stop = start()
      try {
        return await handler.call(...asked)
      } finally {
        stop()
      }
    },
  }
}
