import type { Engine, Turn } from './turn'

/** The run is no longer this turn's; its `finish` has come; one step takes longer than any may. */
export type Overdue = 'lost' | 'finish' | 'step'

export type TurnWatch = {
  /** Resolves when the turn must not be waited for any longer: code that hangs cannot be ended, only left alone. */
  readonly overdue: Promise<Overdue>
  readonly end: () => void
}

export function watchTurn(engine: Engine, { leaseId, fn, runMs }: Turn): TurnWatch {
  const { finishMs } = fn.timeouts
  const toFinish = finishMs === null ? Number.POSITIVE_INFINITY : Math.max(0, finishMs - runMs)
  const { promise, resolve } = Promise.withResolvers<Overdue>()
  const timer = setTimeout(
    () => resolve(toFinish <= engine.longestStepMs ? 'finish' : 'step'),
    Math.min(toFinish, engine.longestStepMs),
  ).unref()
  engine.driven.set(leaseId, () => resolve('lost'))
  return {
    overdue: promise,
    end: () => {
      clearTimeout(timer)
      engine.driven.delete(leaseId)
    },
  }
}
