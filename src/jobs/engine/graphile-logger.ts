import { Logger as GraphileLogger, type LogLevel } from 'graphile-worker'
import { isPassing } from '@/db/lost-connection'
import type { Logger } from '@/observability/log'

/** Its success lines are ours to tell; they go to `debug`. */
const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const satisfies Record<
  LogLevel,
  string
>

/** graphile-worker's lines in our log. Of their details only the error, for a job's payload is nobody's business. */
export function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    const own = level === 'error' ? levelOf(meta?.error) : LEVELS[level]
    log[own]({ err: meta?.error }, message)
  })
}

/** A database that is away passes, and is asked again: nothing that anybody has to be called for. */
export function levelOf(error: unknown): 'warn' | 'error' {
  return isPassing(error) ? 'warn' : 'error'
}
