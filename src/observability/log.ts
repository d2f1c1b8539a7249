import pino, { type Logger } from 'pino'
import { scrub, writeErrors } from './redact'

export type { Logger } from 'pino'

type Output = { readonly write: (line: string) => void }

/** JSON lines on stdout; `npm start` on a terminal makes them pretty. No secret passes, whoever logs the object. */
export function createLogger(process: string, level = 'info', output: Output = pino.destination(1)): Logger {
  // writeErrors has done what the serializer of `err` would do again.
  const options = { level, base: { process }, formatters: { log: writeErrors }, serializers: { err: asIs } }
  return pino(options, { write: (line) => output.write(scrub(line)) })
}

function asIs(value: unknown): unknown {
  return value
}
