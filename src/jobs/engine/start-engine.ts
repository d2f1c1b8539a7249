import type { Inngest, InngestFunction } from 'inngest'
import { newId } from '@/kernel/ids'
import type { Logger } from '@/observability/log'
import { completeRuns } from './complete-runs'
import { registerCrons } from './crons'
import { createGroup } from './group'
import { createHandler, type Handler } from './handler'
import { patiently } from './patience'
import { openPgPool } from './pg-pool'
import { createPool } from './pool'
import { DEFAULT_RETENTION, type Retention, schedulePrune } from './prune'
import { readRegistry } from './registry'
import { type Backoff, defaultBackoff } from './rules-backoff'
import { migrateQueue, OTHER_CLAIMERS, QUEUE_CONNECTIONS, type Queue, RUN_CLAIMERS, startQueue } from './runner'
import { sqlOf } from './sql'
import { createTasks, splitTasks } from './tasks'
import type { Engine } from './turn'
import { startWatch } from './watch'
import { signOff, unlockPool } from './workers'
import { writeSteps } from './write-steps'

export type EngineOptions = {
  /** Of the login role, which owns the tables. */
  readonly url: string
  readonly client: Inngest.Any
  readonly functions: readonly InngestFunction.Any[]
  readonly log: Logger
  /** Runs at a time in this process; 20. */
  readonly concurrency?: number
  /** Seconds without a sign of life after which another process takes over; 10. */
  readonly leaseSeconds?: number
  readonly backoff?: Backoff
  /** Milliseconds after which a step counts as hung and its try as failed; two hours. */
  readonly longestStepMs?: number
  /** False: each step is asked for by itself, whatever its function says; true. */
  readonly checkpointing?: boolean
  readonly retention?: Retention
  /** How the functions are called; in process. */
  readonly handler?: Handler
}

export type EngineHealth = {
  readonly workerId: string
  /** Runs in this process now. */
  readonly driving: number
  /** Seconds since the database last took a sign of life. */
  readonly beatSeconds: number
}

export type RunningEngine = {
  /** Lets each run end its present step, for at most 4 s; the others go to other workers. */
  readonly stop: () => Promise<void>
  readonly health: () => Promise<EngineHealth>
}

const STOP_MS = 4000
const LONGEST_STEP_MS = 2 * 60 * 60 * 1000

/**
 * Starts the embedded engine in this process: it runs `functions` until `stop`. Throws, before anything runs, for a
 * function that asks for what the engine cannot do, with its id and the option.
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  plainEnvironment()
  const handler = options.handler ?? createHandler(options.client, options.functions)
  const registry = await readRegistry(handler, options.functions)
  let stopping = false
  const places = options.concurrency ?? 20
  const { url, log } = options
  const queuePool = openPgPool(url, QUEUE_CONNECTIONS, 'gleaner queue', log)
  const sql = sqlOf(openPgPool(url, Math.min(places, 10), 'gleaner jobs', log))
  const patience = { log, isStopping: () => stopping }
  const engine: Engine = {
    ...patience,
    sql,
    store: createGroup((writes) => patiently(patience, () => writeSteps(sql, writes))),
    complete: createGroup((ends) => patiently(patience, () => completeRuns(sql, ends))),
    workerId: newId(),
    registry,
    handler,
    backoff: options.backoff ?? defaultBackoff,
    active: new Set(),
    driven: new Map(),
    longestStepMs: options.longestStepMs ?? LONGEST_STEP_MS,
    checkpointing: options.checkpointing ?? true,
  }
  const pool = createPool(places)
  await migrateQueue(url, log)
  const queues: Queue[] = []
  const watch = await startWatch(engine, url, () => queues.map(({ poolId }) => poolId()), options.leaseSeconds ?? 10)
  await registerCrons(engine)
  await schedulePrune(engine.sql)
  const queueOptions = { pgPool: queuePool, log, unlock: (poolId: string) => unlockPool(engine, poolId) }
  const { runs, others } = splitTasks(createTasks(engine, pool, options.retention ?? DEFAULT_RETENTION))
  queues.push(await startQueue({ ...queueOptions, claimers: RUN_CLAIMERS }, runs))
  queues.push(await startQueue({ ...queueOptions, claimers: OTHER_CLAIMERS }, others))
  await watch.beatNow()
  log.info({ worker: engine.workerId, functions: [...registry.keys()] }, 'the job engine runs')
  return {
    stop: async () => {
      stopping = true
      await Promise.all([...queues.map((queue) => queue.stop()), pool.close(STOP_MS), watch.stop()])
      await signOff(engine)
      await Promise.all([engine.sql.end(), queuePool.end()])
    },
    health: async () => ({ workerId: engine.workerId, driving: engine.active.size, beatSeconds: watch.beatSeconds() }),
  }
}

/** The SDK copies the environment at every request; copying a plain object is ten times faster than the real one. */
function plainEnvironment(): void {
  process.env = { ...process.env }
}
