import { prettyFactory } from 'pino-pretty'
import { createLogger } from '@/observability/log'
import { scrub, scrubText } from '@/observability/redact'

/** Where the supervisor and the processes below it speak. */
export type Console = {
  /** One line when `work` is done, with its time. `tell` adds what came of it. */
  readonly step: <T>(title: string, work: () => Promise<T> | T, tell?: (result: T) => string) => Promise<T>
  readonly warn: (text: string) => void
  /** For what a person must not overlook. */
  readonly box: (lines: readonly string[]) => void
  /** A line that a process wrote; no secret passes. What is no JSON was not written by our log. */
  readonly pass: (process: string, line: string, isError: boolean) => void
  readonly fail: (text: string) => void
  /** The last line of a start. */
  readonly ready: (text: string, ms: number) => void
}

/**
 * Pretty on a terminal; JSON lines on stdout in production and where stdout is a file or a pipe. `verbose` shows on the
 * terminal what Next says about itself, too.
 */
export function openConsole(verbose: boolean): Console {
  const production = process.env.NODE_ENV === 'production'
  return process.stdout.isTTY && !production ? onTerminal(verbose) : asLines(!production)
}

function onTerminal(verbose: boolean): Console {
  const pretty = prettyFactory({
    colorize: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,process',
    messageFormat: '{process}: {msg}',
  })
  const write = (text: string) => process.stdout.write(`${text}\n`)
  return {
    step: (title, work, tell) => timed(work, (result, ms) => write(stepLine(title, tell?.(result), ms))),
    warn: (text) => write(`\x1b[33m! ${text}\x1b[0m`),
    box: (lines) => write(boxed(lines)),
    pass: (name, line, isError) => {
      if (isJson(line)) process.stdout.write(pretty(scrub(line)))
      else if (isError || verbose) write(`${name}: ${scrubText(line)}`)
    },
    fail: (text) => process.stderr.write(`\x1b[31m✗ ${text}\x1b[0m\n`),
    ready: (text, ms) => write(`\nIn ${seconds(ms)} s\n${text}`),
  }
}

/** With `plainToo`, what a person must read stands on stderr as well, as plain text: stdout stays JSON alone. */
function asLines(plainToo: boolean): Console {
  const log = createLogger('supervisor')
  const plain = (text: string) => plainToo && process.stderr.write(`${text}\n`)
  return {
    step: (title, work, tell) =>
      timed(work, (result, ms) => log.info({ step: title, ms, detail: tell?.(result) || undefined }, title)),
    warn: (text) => log.warn(text),
    box: (lines) => {
      log.warn(lines.filter(Boolean).join(' '))
      plain(boxed(lines))
    },
    pass: (name, line, isError) => {
      if (isJson(line)) process.stdout.write(`${scrub(line)}\n`)
      else createLogger(name)[isError ? 'error' : 'debug'](scrubText(line))
    },
    fail: (text) => {
      log.fatal(text)
      plain(text)
    },
    ready: (text, ms) => {
      log.info({ ms }, text)
      plain(text)
    },
  }
}

/** What only begins like a line of our log would break whoever reads those. */
function isJson(line: string): boolean {
  if (!line.startsWith('{')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

async function timed<T>(work: () => Promise<T> | T, done: (result: T, ms: number) => void): Promise<T> {
  const from = performance.now()
  const result = await work()
  done(result, Math.round(performance.now() - from))
  return result
}

function stepLine(title: string, detail: string | undefined, ms: number): string {
  const text = detail ? `${title}: ${detail}` : title
  return `\x1b[32m✓\x1b[0m ${text.padEnd(60)} ${seconds(ms).padStart(7)} s`
}

function boxed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length))
  const body = lines.map((line) => `│  ${line.padEnd(width)}  │`)
  return [`┌${'─'.repeat(width + 4)}┐`, ...body, `└${'─'.repeat(width + 4)}┘`].join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2)
}
