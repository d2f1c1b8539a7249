import { EventEmitter } from 'node:events'
import {
  Logger as GraphileLogger,
  type LogLevel,
  type Runner,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import type { Logger } from '@/observability/log'

export type Queue = {
  /** graphile-worker's name for this process's locks. */
  readonly poolId: string
  readonly stop: () => Promise<void>
}

/** Few, for a task only claims a run and starts it; each asks once a `POLL_MS` when there is nothing to do. */
const CLAIMERS = 3
/** New jobs are notified; only those of a later time are found by asking, so this is how exact a sleep is. */
const POLL_MS = 500

/** Brings graphile-worker's own schema to this release; safe from several processes at once. */
export async function migrateQueue(url: string, log: Logger): Promise<void> {
  await runMigrations({ connectionString: url, maxPoolSize: 2, logger: graphileLogger(log) })
}

/** Starts graphile-worker. */
export async function startQueue(url: string, taskList: TaskList, log: Logger): Promise<Queue> {
  const events: WorkerEvents = new EventEmitter()
  let poolId = ''
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id
  })
  const runner: Runner = await run({
    connectionString: url,
    taskList,
    concurrency: CLAIMERS,
    maxPoolSize: CLAIMERS + 2,
    pollInterval: POLL_MS,
    parsedCronItems: [],
    noHandleSignals: true,
    logger: graphileLogger(log),
    events,
  })
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job queue ended with an error'))
  return { poolId, stop: () => runner.stop() }
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const satisfies Record<
  LogLevel,
  string
>

/** Its success lines are ours to tell; they go to `debug`. */
function graphileLogger(log: Logger): GraphileLogger {
  return new GraphileLogger(
    () => (level, message, meta) => log[LEVELS[level]]({ queue: meta?.error ?? undefined }, message),
  )
}
