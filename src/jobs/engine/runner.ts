import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Runner, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Logger } from '@/observability/log'
import { graphileLogger } from './graphile-logger'
import { openPgPool } from './pg-pool'

export type Queue = {
  /** graphile-worker's name for the locks of this queue. */
  readonly poolId: () => string
  readonly stop: () => Promise<void>
}

/** Few, for a task only claims a run and starts it; each asks once a `POLL_MS` when there is nothing to do. */
export const RUN_CLAIMERS = 3
/** For events, schedules and the like. */
export const OTHER_CLAIMERS = 2
/** One a claimer, one a queue to listen, one for jobs that end meanwhile. */
export const QUEUE_CONNECTIONS = RUN_CLAIMERS + OTHER_CLAIMERS + 3
/** New jobs are notified; only those of a later time are found by asking, so this is how exact a sleep is. */
const POLL_MS = 500
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5000

/**
 * Brings graphile-worker's own schema to this release; safe from several processes at once. On a pool of its own, for a
 * change of a large table may take longer than any other statement.
 */
export async function migrateQueue(url: string, log: Logger): Promise<void> {
  const pgPool = openPgPool(url, 1, 'gleaner queue', log, null)
  try {
    await runMigrations({ pgPool, logger: graphileLogger(log) })
  } finally {
    await pgPool.end()
  }
}

type QueueOptions = {
  /** Of at least `QUEUE_CONNECTIONS`. */
  readonly pgPool: Pool
  readonly log: Logger
  /** Undoes the locks of a pool that is gone. */
  readonly unlock: (poolId: string) => Promise<unknown>
  /** Jobs at a time. */
  readonly claimers: number
}

type Supervised = { runner: Runner | null; poolId: string; stopping: boolean; ended: Promise<void> }

/**
 * Starts graphile-worker, and again whenever it gives up: an answer that the database did not take in makes it end. What
 * it held locked is unlocked first.
 */
export async function startQueue(options: QueueOptions, taskList: TaskList): Promise<Queue> {
  const { log } = options
  const state: Supervised = { runner: null, poolId: '', stopping: false, ended: Promise.resolve() }
  const launch = async () => {
    state.runner = await launchRunner(options, taskList, (poolId) => {
      state.poolId = poolId
    })
    state.ended = watchOver(state, launch, options)
  }
  await launch()
  return {
    poolId: () => state.poolId,
    stop: async () => {
      state.stopping = true
      await stopRunner(state, log)
      await state.ended
      // It may have been starting again just then.
      await stopRunner(state, log)
    },
  }
}

/** One that has just given up says so when it is stopped; it is gone all the same. */
async function stopRunner({ runner }: Supervised, log: Logger): Promise<void> {
  await runner?.stop().catch((error: unknown) => log.debug({ err: error }, 'the job queue had ended'))
}

async function watchOver(state: Supervised, launch: () => Promise<void>, { log, unlock }: QueueOptions): Promise<void> {
  await state.runner?.promise.catch((error: unknown) => log.warn({ err: error }, 'the job queue gave up'))
  state.runner = null
  for (let wait = FIRST_WAIT_MS; !state.stopping && !state.runner; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    await sleep(wait)
    if (state.stopping) return
    await unlock(state.poolId)
      .then(launch)
      .catch((error: unknown) => log.warn({ err: error }, 'the job queue waits'))
  }
}

async function launchRunner(
  { pgPool, log, claimers }: QueueOptions,
  taskList: TaskList,
  onPool: (id: string) => void,
): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => onPool(workerPool.id))
  return run({
    pgPool,
    taskList,
    concurrency: claimers,
    pollInterval: POLL_MS,
    parsedCronItems: [],
    noHandleSignals: true,
    logger: graphileLogger(log),
    events,
    // Without a batch, a job's end that the database did not take in is an unhandled rejection.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
}
