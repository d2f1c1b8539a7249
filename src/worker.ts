import '@/supervisor/leash'
import { runBot } from '@/bot/run-bot'
import { closeDatabase } from '@/db/client'
import { orExit } from '@/env'
import { startEngine } from '@/jobs/engine/start-engine'
import { createFunctions } from '@/jobs/functions'
import { features } from '@/wiring/bot'
import { compose } from '@/wiring/compose'
import { jobs } from '@/wiring/jobs'

/** The process beside the web: engine, scans, deliveries and the bot's long poll, so that none of them delays a click. */

/** Less than the six seconds after which the supervisor kills. */
const MOST_MS = 5_500
/** For errors that are on their way to where they are reported. */
const FLUSH_MS = 1_000

const { env, deps, client, mode, reporter } = orExit(() => compose('worker'))
const { log } = deps
const stopping = new AbortController()
/** How each part ends; the last to start is the first to stop. */
const stops: (() => Promise<unknown>)[] = [() => closeDatabase(deps.db, 2), deps.browser.close]

process.on('uncaughtException', (error) => void fail(error))
process.on('SIGINT', () => void end('SIGINT'))
process.on('SIGTERM', () => void end('SIGTERM'))

// With an Inngest server in charge the functions run behind /api/inngest, and only the bot is left for us.
if (mode === 'embedded') {
  const functions = createFunctions(client, deps, jobs)
  const retention = {
    finished: env.JOBS_KEEP_FINISHED_DAYS,
    failed: env.JOBS_KEEP_FAILED_DAYS,
    events: env.JOBS_KEEP_EVENTS_DAYS,
  }
  const engine = await startEngine({ url: env.DATABASE_URL, client, functions, log, retention })
  stops.push(engine.stop)
}

const bot = runBot({ deps, installation: deps.outlets.installation, features, signal: stopping.signal })
stops.push(() => bot)

log.info('ready')
process.send?.('ready')

async function end(signal: string): Promise<void> {
  // Ctrl-C reaches the whole group, and the supervisor sends SIGTERM besides.
  if (stopping.signal.aborted) return
  stopping.abort()
  // A database that is away would hold every part up; what was begun is taken up again by its lease.
  setTimeout(() => process.exit(1), MOST_MS).unref()
  log.info({ signal }, 'stopping')
  for (const stop of stops.reverse()) await stop()
  await reporter?.flush(FLUSH_MS)
  process.exit(0)
}

/** Nobody knows what state the process is in: the supervisor starts another. */
async function fail(error: unknown): Promise<void> {
  log.fatal({ err: error }, 'the worker failed')
  await reporter?.flush(FLUSH_MS).catch(() => undefined)
  process.exit(1)
}
