import { Inngest } from 'inngest'
import { getAsyncCtx } from 'inngest/experimental'
import type { JobEvent } from '@/accounts/context'
import { type Database, driverPool } from '@/db/client'
import type { Logger } from '@/observability/log'
import { AppErrors } from './app-errors'
import { EmbeddedSteps } from './embedded-steps'
import { answerCheckpoint, isCheckpoint } from './engine/checkpoints'
import { type AnySql, sqlOf } from './engine/sql'
import { refusal, type SentEvent, storeEvents } from './engine/store-events'
import { PlainResults } from './plain-results'
import { reportFailures } from './report-failures'

export type JobMode = 'inngest' | 'embedded'
export type JobEnv = Readonly<Record<string, string | undefined>>
/** The SDK's client: jobs are bound to it, events sent by it. */
export type JobClient = Inngest.Any

type ClientOptions = {
  readonly mode: JobMode
  readonly db: Database
  readonly env: JobEnv
  readonly log: Logger
  /** In embedded mode: calls of the functions must be signed with it. Ours come in process, unsigned. */
  readonly signingKey?: string
}

export const APP_ID = 'gleaner'

/** Who runs the jobs: an Inngest server where one is named, else the engine in our own worker. */
export function jobMode(env: JobEnv): JobMode {
  const dev = env.INNGEST_DEV?.trim() ?? ''
  const wanted = dev !== '' && dev !== '0' && dev !== 'false'
  return wanted || (env.INNGEST_EVENT_KEY && env.INNGEST_SIGNING_KEY) ? 'inngest' : 'embedded'
}

/** In embedded mode what the client would post to an Inngest server is stored in our database; nothing leaves the process. */
export function createJobClient({ mode, db, env, log, signingKey }: ClientOptions): JobClient {
  const loggers = { logger: sdkLogger(log, 'warn'), internalLogger: sdkLogger(log, 'error') }
  const options = {
    id: APP_ID,
    ...loggers,
    aiMetadata: false,
    middleware: [AppErrors, reportFailures(log), PlainResults],
  }
  if (mode === 'inngest') return new Inngest(options).setEnvVars({ ...env })
  return new Inngest({
    ...options,
    middleware: [...options.middleware, EmbeddedSteps],
    isDev: signingKey === undefined,
    ...(signingKey !== undefined && { signingKey, eventKey: APP_ID }),
    baseUrl: EVENT_BASE,
    sessionPropagation: false,
    // The engine ends a turn by itself; the SDK's timer would keep each request in memory for its ten seconds.
    checkpointing: { maxRuntime: 0 },
    fetch: inProcess(db),
  })
}

/** What `Deps.send` is: sends events to whichever engine is in charge. Throws when they could not be stored. */
export function createSender(client: JobClient): (events: readonly JobEvent[]) => Promise<void> {
  return async (events) => {
    if (events.length > 0) await client.send(events.map(({ id, name, data }) => ({ id, name, data })))
  }
}

/** Never asked: our fetch answers in its place. */
const EVENT_BASE = 'http://gleaner.invalid'

/** Answers the SDK as an Inngest server would: `POST /e/<key>` stores events, a checkpoint what has run; there is nothing else. */
function inProcess(db: Database): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(String(input))
    if (isCheckpoint(pathname)) return answerCheckpoint(String(init?.body))
    if (init?.method !== 'POST' || !pathname.startsWith('/e/'))
      return answer(501, 'the embedded engine has no such call')
    const sent: unknown = JSON.parse(String(init.body))
    const events = Array.isArray(sent) ? sent : [sent]
    const refused = events.map(refusal).find((reason) => reason !== null)
    if (refused) return answer(400, refused)
    const ids = await storeEvents(poolOf(db), events as readonly SentEvent[], await seedOf(new Headers(init.headers)))
    return Response.json({ ids, status: 200 })
  }
}

/** The application's own pool, in the engine's terms: statements of the same form, answered alike. */
function poolOf(db: Database): AnySql {
  return sqlOf(driverPool(db))
}

function answer(status: number, error: string): Response {
  return Response.json({ status, error, ids: [] }, { status })
}

/**
 * What makes a repeated sending one sending. `step.sendEvent` passes on the request's `tracestate`, which names the run:
 * with the step it is the same after a crash. `client.send` has the SDK's own seed, the same for each of its tries.
 */
async function seedOf(headers: Headers): Promise<string> {
  const run = headers.get('tracestate')
  const step = run ? (await getAsyncCtx())?.execution?.executingStep?.hashedId : undefined
  return step ? `${run}/${step}` : (headers.get('x-inngest-event-id-seed') ?? crypto.randomUUID())
}

/**
 * The SDK makes a child of a logger at each request; without `child` it does not, and a step is a tenth cheaper. It logs
 * every failed try as an error: ours is a warning until the last.
 */
function sdkLogger(log: Logger, error: 'warn' | 'error') {
  return {
    debug: log.debug.bind(log),
    info: log.info.bind(log),
    warn: log.warn.bind(log),
    error: log[error].bind(log),
  }
}
