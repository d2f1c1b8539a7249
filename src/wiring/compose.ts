import type { InvitationMail } from '@/accounts/members/member-seams'
import type { BargainsDeps } from '@/bargains/deps'
import { gatherWeek } from '@/bargains/matches/gather-week'
import { sayWeek } from '@/bargains/matches/say-week'
import { type Database, openDatabase } from '@/db/client'
import { type RuntimeEnv, readRuntimeEnv } from '@/env'
import { createBrowserTransport } from '@/http/browser-transport'
import type { BrowserWay } from '@/http/browser-way'
import { findBrowser } from '@/http/find-browser'
import { createTransport } from '@/http/guarded-fetch'
import { userAgentOf } from '@/http/user-agent'
import { createJobClient, createSender, type JobClient, type JobMode, jobMode } from '@/jobs/client'
import { mailInvitation } from '@/notifications/channels/email/mail-invitation'
import { createOutlets } from '@/notifications/create-outlets'
import type { OutboxDeps } from '@/notifications/deliveries/deliver-message'
import { withoutAwake } from '@/notifications/deliveries/stay-awake'
import { createLogger } from '@/observability/log'
import { openReporter, type Reporter } from '@/observability/reporter'
import { openStorage } from '@/storage/open-storage'
import type { WebDeps } from '@/trpc/deps'
import { version } from '../../package.json'
import { openDesk } from './desk'
import { handOverAll } from './hand-over'
import { sayings } from './messages'

/** What every gate, procedure, job and bot feature of a process may ask for. */
export type ProcessDeps = WebDeps & OutboxDeps & BargainsDeps & { readonly browser: BrowserWay }

/** What a process has once. */
export type Parts = {
  readonly env: RuntimeEnv
  readonly deps: ProcessDeps
  readonly client: JobClient
  /** Who runs the jobs: an Inngest server, or the engine in our workers. */
  readonly mode: JobMode
  /** Where logged errors go besides; null without a DSN. */
  readonly reporter: Reporter | null
}

/** Puts a process together; `name` stands in its log lines and connections. Throws `EnvError`. Nothing is sent yet. */
export function compose(name: 'web' | 'worker'): Parts {
  const env = readRuntimeEnv(process.env)
  const reporter = reporterOf(name, env)
  const log = createLogger(name, env.LOG_LEVEL, undefined, reporter?.report)
  const db = openPool(name, env)
  const mode = jobMode(process.env)
  const client = createJobClient({ mode, db, env: process.env, log })
  const transport = createTransport({ origins: env.GLEANER_ORIGINS, userAgent: userAgentOf(env.GLEANER_CONTACT) })
  const outlets = createOutlets({ env, db, log, sayings })
  const common = {
    env,
    db,
    log,
    transport,
    browser: browserOf(name, mode, env),
    storage: openStorage(env),
    outlets,
    jobs: openDesk(mode, db, log),
    members: { handOver: handOverAll, mailInvitation: (mail: InvitationMail) => mailInvitation(outlets, mail) },
    otherWeek: { gather: gatherWeek, say: sayWeek },
    clock: () => new Date(),
    random: Math.random,
  }
  const send = createSender(client)
  return { env, deps: { ...common, send: (events) => send(withoutAwake(db, events)) }, client, mode, reporter }
}

function openPool(name: string, env: RuntimeEnv): Database {
  return openDatabase({
    url: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    idleSeconds: env.DATABASE_POOL_IDLE_SECONDS,
    lifetimeSeconds: env.DATABASE_POOL_LIFETIME_SECONDS,
    name: `gleaner ${name}`,
  })
}

/** It begins when it is first needed. A web process beside workers needs it for a preview now and then. */
function browserOf(name: string, mode: JobMode, env: RuntimeEnv): BrowserWay {
  return createBrowserTransport({
    origins: env.GLEANER_ORIGINS,
    userAgent: userAgentOf(env.GLEANER_CONTACT),
    executable: findBrowser(env.GLEANER_BROWSER),
    most: name === 'web' && mode === 'embedded' ? 1 : undefined,
  })
}

function reporterOf(name: string, { SENTRY_DSN, NODE_ENV }: RuntimeEnv): Reporter | null {
  return SENTRY_DSN ? openReporter({ dsn: SENTRY_DSN, release: version, process: name, environment: NODE_ENV }) : null
}
