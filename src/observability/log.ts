import pino, { type Logger } from 'pino'
import { scrub, writeErrors } from './redact'
import type { ErrorFacts } from './reporter'

export type { Logger } from 'pino'

type Output = { readonly write: (line: string) => void }
type Report = (error: unknown, facts: ErrorFacts) => void

/**
 * JSON lines on stdout; `npm start` on a terminal makes them pretty. No secret passes, whoever logs the object. `report`
 * hears of every error that is logged as one (`log.error({ err })`), so that nobody has to think of both.
 */
export function createLogger(
  process: string,
  level = 'info',
  output: Output = pino.destination(1),
  report?: Report,
): Logger {
  // writeErrors has done what the serializer of `err` would do again.
  const options = { level, base: { process }, formatters: { log: writeErrors }, serializers: { err: asIs } }
  const hooks = report && { hooks: { logMethod: reportErrors(report) } }
  return pino({ ...options, ...hooks }, { write: (line) => output.write(scrub(line)) })
}

function asIs(value: unknown): unknown {
  return value
}

const ERROR = pino.levels.values.error ?? 50

function reportErrors(report: Report) {
  return function logAndReport(this: Logger, line: Parameters<pino.LogFn>, log: pino.LogFn, level: number): void {
    const [first, what]: readonly unknown[] = line
    if (level >= ERROR && first instanceof Error) report(first, { what })
    else if (level >= ERROR && hasError(first)) report(first.err, { ...first, what })
    log.apply(this, line)
  }
}

function hasError(value: unknown): value is { readonly err: unknown } & ErrorFacts {
  return typeof value === 'object' && value !== null && 'err' in value && value.err instanceof Error
}
