import { Logger as GraphileLogger, type LogLevel } from 'graphile-worker'
import type { Logger } from '@/observability/log'

/** Its success lines are ours to tell; they go to `debug`. */
const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const satisfies Record<
  LogLevel,
  string
>

/** graphile-worker's lines in our log. Of their details only the error, for a job's payload is nobody's business. */
export function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => log[LEVELS[level]]({ err: meta?.error }, message))
}
