import { z } from 'zod'
import { type Due, parseSleep } from './rules-due'
import { compileMatch } from './rules-expression'

/** An event that cancels a function's runs. */
export type CancelOn = { readonly event: string; readonly expression: string | null; readonly due: Due | null }

/** How long a run may be queued, and be at work, in milliseconds; null for any time. */
export type Timeouts = { readonly startMs: number | null; readonly finishMs: number | null }

/** What ends runs before their time, in a function's configuration as the SDK registers it. */
export const endingShape = {
  cancel: z
    .array(z.strictObject({ event: z.string().min(1), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  timeouts: z.strictObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
}
type Config = z.infer<z.ZodObject<typeof endingShape>>

/** Compiles it. Throws with the option's name for a wrong expression or time. */
export function compileEnding({ cancel = [], timeouts = {} }: Config): {
  cancels: readonly CancelOn[]
  timeouts: Timeouts
} {
  return {
    cancels: cancel.map(({ event, if: expression = null, timeout }) => {
      if (expression !== null) named('cancelOn', () => compileMatch(expression))
      return { event, expression, due: timeout === undefined ? null : named('cancelOn', () => parseSleep(timeout)) }
    }),
    timeouts: { startMs: toMs(timeouts.start), finishMs: toMs(timeouts.finish) },
  }
}

function toMs(text: string | undefined): number | null {
  if (text === undefined) return null
  const due = named('timeouts', () => parseSleep(text))
  return 'afterMs' in due ? due.afterMs : null
}

function named<T>(option: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${option}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
