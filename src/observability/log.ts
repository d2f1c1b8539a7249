import pino, { type Logger } from 'pino'

export type { Logger } from 'pino'

/** Paths whose values never reach a log line, whoever logs the object. */
const SECRET_PATHS = ['password', 'token', 'secret', 'authorization', 'cookie', 'hash'].flatMap((key) => [
  key,
  `*.${key}`,
  `*.*.${key}`,
])

/** JSON lines on stdout; `npm start` on a terminal makes them pretty. */
export function createLogger(process: string, level = 'info'): Logger {
  return pino({ level, base: { process }, redact: { paths: SECRET_PATHS, censor: '[redacted]' } })
}
