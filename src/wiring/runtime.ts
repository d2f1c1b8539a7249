import 'server-only'
import { openDatabase } from '@/db/client'
import { orExit, type RuntimeEnv, readRuntimeEnv } from '@/env'
import { createTransport } from '@/http/guarded-fetch'
import { createOutlets } from '@/notifications/create-outlets'
import { createLogger } from '@/observability/log'
import type { WebDeps } from '@/trpc/deps'
import { endAllStreams } from '@/trpc/live'
import { sayings } from './messages'

/** What this web process has once. */
export type Runtime = { readonly env: RuntimeEnv; readonly deps: WebDeps }

const KEY = Symbol.for('gleaner.runtime')
// The symbol is ours alone. Next bundles this module once for each route: the process has one pool all the same.
const holder = globalThis as { [KEY]?: Promise<Runtime> }

export function runtime(): Promise<Runtime> {
  holder[KEY] ??= start()
  return holder[KEY]
}

async function start(): Promise<Runtime> {
  const env = orExit(() => readRuntimeEnv(process.env))
  const log = createLogger('web', env.LOG_LEVEL)
  const db = openDatabase({
    url: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    idleSeconds: env.DATABASE_POOL_IDLE_SECONDS,
    lifetimeSeconds: env.DATABASE_POOL_LIFETIME_SECONDS,
    name: 'gleaner web',
  })
  process.once('SIGTERM', endAllStreams)
  process.once('SIGINT', endAllStreams)
  const transport = createTransport({ origins: env.GLEANER_ORIGINS, userAgent: userAgentOf(env) })
  const outlets = createOutlets({ env, db, log, sayings })
  const deps: WebDeps = { env, db, log, clock: () => new Date(), send: dropEvents, transport, outlets }
  return { env, deps }
}

function userAgentOf({ GLEANER_CONTACT }: RuntimeEnv): string {
  return `Gleaner/0.1${GLEANER_CONTACT ? ` (+${GLEANER_CONTACT})` : ''}`
}

/** Until the job client is wired here: sweeps in the worker find what was not nudged. */
async function dropEvents(): Promise<void> {}
