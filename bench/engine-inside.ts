import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { createJobClient, type JobClient } from '@/jobs/client'
import { cpuSeconds, familyOf } from './proc-inside.ts'

/** A database of its own, with the settings of `npm start`, and worker processes on it. */
export type Bench = {
  readonly db: Database
  readonly client: JobClient
  readonly postgres: number
  readonly startWorkers: (count: number) => Promise<readonly Worker[]>
}

export type Worker = { readonly pid: number; readonly stop: () => Promise<void> }

type Where = { readonly root: string; readonly directory: string; readonly program: string }

export async function withBench<T>(
  { root, directory, program }: Where,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const server = await startEmbeddedServer({ root, directory })
  const db = openDatabase({ url: server.url })
  const log = pino({ level: 'error' })
  const workers: Worker[] = []
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    const client = createJobClient({ mode: 'embedded', db, env: {}, log })
    const startWorkers = async (count: number) => {
      const started = await Promise.all(Array.from({ length: count }, () => startWorker(program, server.url)))
      workers.push(...started)
      return started
    }
    return await work({ db, client, postgres: server.pid, startWorkers })
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    await closeDatabase(db)
    await server.stop()
  }
}

async function startWorker(program: string, url: string): Promise<Worker> {
  const env: NodeJS.ProcessEnv = { ...process.env, BENCH_URL: url, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.pid === undefined) throw new Error('the worker did not start')
  const early = once(child, 'exit').then(() => Promise.reject(new Error('the worker ended before it was ready')))
  await Promise.race([once(child.stdout, 'data'), early])
  early.catch(() => undefined)
  // It opens with two places and has all of them after a second.
  await sleep(1200)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  return { pid: child.pid, stop }
}

const STEPS = 10

export type Speed = { readonly stepsPerSecond: number; readonly workerMs: number; readonly postgresMs: number }

/** Runs so many runs of ten steps. Seconds are the database's, from the first event to the last end. */
export async function burst(bench: Bench, workers: readonly Worker[], job: string, runs: number): Promise<Speed> {
  const spentBefore = spent(bench, workers)
  const ids = await send(bench, job, runs)
  const [row] = await untilEnded(bench.db, ids)
  const used = spent(bench, workers)
  const steps = runs * STEPS
  return {
    stepsPerSecond: Math.round(steps / Number(row?.seconds)),
    workerMs: round(((used.workers - spentBefore.workers) * 1000) / steps),
    postgresMs: round(((used.postgres - spentBefore.postgres) * 1000) / steps),
  }
}

async function send({ client }: Bench, job: string, runs: number): Promise<readonly string[]> {
  const events = Array.from({ length: runs }, () => ({ name: `bench/${job}`, data: {} }))
  return (await client.send(events)).ids
}

type Ended = { left: number; seconds: number }

async function untilEnded(db: Database, ids: readonly string[]): Promise<readonly Ended[]> {
  const [first] = ids
  if (!first) return []
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(100)) {
    const events = sql.raw(ids.map((id) => `'${id}'`).join(','))
    const rows = [
      ...(await db.execute<Ended>(sql`
        select count(*) filter (where finished_at is null)::int as left,
          extract(epoch from max(finished_at) - (select min(received_at) from job_events where id in (${events})))::float8
            as seconds
        from job_runs where event_id in (${events}) having count(*) = ${ids.length}`)),
    ]
    if (rows[0]?.left === 0) return rows
  }
  throw new Error('the runs did not end within five minutes')
}

function spent({ postgres }: Bench, workers: readonly Worker[]) {
  return { workers: cpuSeconds(workers.map(({ pid }) => pid)), postgres: cpuSeconds(familyOf(postgres)) }
}

export type Latency = { readonly p50: number; readonly p95: number }

/** From `send` in this process to the first line of the first step in a worker, one event after the other. */
export async function latency({ client, db }: Bench, events = 200): Promise<Latency> {
  const ids: string[] = []
  for (let at = 0; at < events; at += 1) {
    const sent = await client.send({ name: 'bench/first', data: { at: performance.timeOrigin + performance.now() } })
    ids.push(...sent.ids)
    await sleep(25)
  }
  await untilEnded(db, ids)
  const rows = await db.execute<{ ms: number }>(sql`
    select output::float8 as ms from job_runs where event_id in (${sql.raw(ids.map((id) => `'${id}'`).join(','))})
    order by 1`)
  const times = [...rows].map(({ ms }) => ms)
  const share = (part: number) => round(times[Math.floor(times.length * part)] ?? Number.NaN)
  return { p50: share(0.5), p95: share(0.95) }
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}
