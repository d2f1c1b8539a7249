import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach } from 'vitest'
import { driverPool } from '@/db/client'
import type { TestDatabase } from '@/db/testing'
import { createJobClient, type JobClient } from '../client'
import { cancelRuns } from './cancel-runs'
import { openPgPool } from './pg-pool'
import { type AnySql, sqlOf } from './sql'
import { type EngineOptions, type RunningEngine, startEngine } from './start-engine'

export type TestRun = { id: string; state: string; attempt: number; output: unknown; error: { message: string } | null }

type StoredRun = { id: string; state: string; attempt: number; output: string | null; error: string | null }

/** Engines and clients of one test file; every engine that a test leaves running is stopped after it. */
export function createTestJobs(test: TestDatabase) {
  const engines = new Set<RunningEngine>()
  const log = pino({ level: process.env.GLEANER_TEST_LOG ?? 'silent' })
  // All tests hold for both ways of asking.
  const checkpointing = process.env.GLEANER_TEST_CHECKPOINTS !== 'off'
  afterEach(async () => {
    await Promise.all([...engines].map((engine) => engine.stop()))
    engines.clear()
  })
  return {
    client: (signingKey?: string) => createJobClient({ mode: 'embedded', db: test.db, env: {}, log, signingKey }),
    /** Starts an engine for all functions of a client; a failed try is repeated after 30 ms unless told otherwise. */
    start: async (client: JobClient, options: Partial<EngineOptions> = {}): Promise<RunningEngine> => {
      const { functions = client.funcs, ...rest } = options
      const engine = await startEngine({
        url: test.url,
        client,
        functions,
        log,
        checkpointing,
        backoff: () => 30,
        ...rest,
      })
      engines.add(engine)
      return engine
    },
    stop: async (engine: RunningEngine): Promise<void> => {
      engines.delete(engine)
      await engine.stop()
    },
    sql: sqlIn(test),
    runs: (job: string) => readRuns(test, job),
    /** The runs of a job, once there are so many that have ended. */
    ended: async (job: string, count = 1): Promise<readonly TestRun[]> => {
      const all = async () =>
        (await readRuns(test, job)).filter(({ state }) => state === 'completed' || state === 'failed')
      await until(async () => (await all()).length >= count, `${count} runs of ${job} to end`)
      return all()
    },
  }
}

/** The database of the test, which is there once a test runs. */
function sqlIn(test: TestDatabase): AnySql {
  return (strings, ...values) => sqlOf(driverPool(test.db))(strings, ...values)
}

async function readRuns(test: TestDatabase, job: string): Promise<TestRun[]> {
  const rows = await sqlIn(test)<StoredRun>`
    select id, state, attempt, output, error from job_runs where function_id = ${`gleaner-${job}`} order by created_at, id`
  return rows.map(({ id, state, attempt, output, error }) => ({
    id,
    state,
    attempt,
    output: JSON.parse(output ?? 'null'),
    error: JSON.parse(error ?? 'null'),
  }))
}

/** Cancels runs as the engine does. Answers how many were open. */
export async function callReleaseRuns({ url }: TestDatabase, ids: readonly string[]): Promise<number> {
  const sql = sqlOf(openPgPool(url, 1, 'test', pino({ level: 'silent' })))
  const cancelled = await sql.begin((tx) => cancelRuns(tx, ids))
  await sql.end()
  return cancelled.length
}

/** Waits until it holds; throws with `what` after `ms`. */
export async function until(holds: () => Promise<boolean> | boolean, what: string, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(15)) {
    if (await holds()) return
  }
  throw new Error(`waited in vain for ${what}`)
}
