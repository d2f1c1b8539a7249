import { cwd } from 'node:process'
import {
  createStackParser,
  createTransport,
  type Event,
  exceptionFromError,
  Scope,
  type StackParser,
} from '@sentry/core'
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server'
import { hideValues } from './redact'
import { withoutPeople } from './redact-people'
import type { ErrorFacts, Reporter, ReporterOptions } from './reporter'

const TIMEOUT_MS = 5_000
/** Errors that wait to be sent; more of them at once are one trouble, and are dropped. */
const MOST_WAITING = 20
const MOST_CAUSES = 5

/** Keys of a log line that say where, and hold neither people nor what they typed. */
const FACTS = ['path', 'function', 'errorId', 'kind', 'source', 'what'] as const

const readStack = createStackParser(nodeStackLineParser())

/** Without the folder of the installation, which may say whose machine it is. */
const parser: StackParser = (stack, skip, pop) =>
  readStack(stack, skip, pop).map((frame) => ({ ...frame, filename: frame.filename?.replace(`${cwd()}/`, '') }))

/** Our own events through Sentry's client: no integration of it listens to anything, so that only this is ever sent. */
export function openSentry(options: ReporterOptions): Reporter {
  const client = new ServerRuntimeClient({
    dsn: options.dsn,
    release: options.release,
    environment: options.environment,
    platform: 'node',
    includeServerName: false,
    sendClientReports: false,
    integrations: [],
    stackParser: parser,
    transport: (transport) =>
      createTransport({ ...transport, bufferSize: MOST_WAITING }, ({ body }) => post(transport.url, body)),
  })
  client.init()
  return {
    report: (error, facts) => void client.captureEvent(eventOf(error, facts, options.process), {}, new Scope()),
    flush: async (milliseconds) => void (await client.flush(milliseconds)),
  }
}

async function post(url: string, body: string | Uint8Array) {
  const type = 'application/x-sentry-envelope'
  const request = { method: 'POST', headers: { 'Content-Type': type }, body: Buffer.from(body) }
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) })
  await response.body?.cancel()
  const limits = response.headers.get('x-sentry-rate-limits')
  const headers = { 'x-sentry-rate-limits': limits, 'retry-after': response.headers.get('retry-after') }
  return { statusCode: response.status, headers }
}

/** Kinds, scrubbed words and the places in our code: no request, no body, no person, no machine. */
function eventOf(error: unknown, facts: ErrorFacts, process: string): Event {
  const values = causesOf(error).map((link) => exceptionFromError(parser, withoutValues(link)))
  const told = FACTS.flatMap((key) => (typeof facts[key] === 'string' ? [[key, facts[key]]] : []))
  const event: Event = {
    level: 'error',
    tags: { process, ...Object.fromEntries(told) },
    // Sentry reads the innermost cause first.
    exception: { values: values.toReversed() },
  }
  return withoutPeople(event)
}

/** Before Sentry reads it: a value that holds lines would be taken for places of the stack. */
function withoutValues(error: Error): Error {
  const hide = hideValues(error)
  const safe = new Error(hide(error.message))
  return Object.assign(safe, { name: error.name || error.constructor.name, stack: hide(error.stack ?? '') })
}

function causesOf(error: unknown): readonly Error[] {
  const first = error instanceof Error ? error : new Error(`thrown: ${typeof error}`)
  const causes: Error[] = []
  for (let link: unknown = first; link instanceof Error && causes.length < MOST_CAUSES; link = link.cause)
    causes.push(link)
  return causes
}
