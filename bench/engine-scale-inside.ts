import { sql } from 'drizzle-orm'
import { type Bench, burst, latency, type Speed, type Worker, withBench } from './engine-inside.ts'
import { familyOf, megabytes } from './proc-inside.ts'

export { withBench }

const RUNS = 200
const BATCH = 50_000
const SLEEPERS_BATCH = 1000

export type Sleepers = Speed & {
  readonly sleeping: number
  readonly p50: number
  readonly p95: number
  readonly workerMegabytes: number
  readonly postgresMegabytes: number
  readonly databaseMegabytes: number
}

/** One worker, without and with so many runs that sleep for a month, each with its step and its wake-up. */
export async function measureSleepers(bench: Bench, sleepers: number): Promise<readonly Sleepers[]> {
  const [worker] = await bench.startWorkers(1)
  if (!worker) return []
  await burst(bench, [worker], 'plain', RUNS)
  const without = await measure(bench, worker, 0)
  for (let made = 0; made < sleepers; made += SLEEPERS_BATCH) await addSleepers(bench, SLEEPERS_BATCH)
  await bench.db.execute(sql`vacuum analyze`)
  const figures = [without, await measure(bench, worker, sleepers)]
  await worker.stop()
  return figures
}

async function measure(bench: Bench, worker: Worker, sleeping: number): Promise<Sleepers> {
  const speed = await burst(bench, [worker], 'plain', RUNS)
  const times = await latency(bench, 100)
  const [size] = await bench.db.execute<{ mb: number }>(
    sql`select pg_database_size(current_database())::float8 / 1048576 as mb`,
  )
  return {
    sleeping,
    ...speed,
    ...times,
    workerMegabytes: Math.round(megabytes([worker.pid])),
    postgresMegabytes: Math.round(megabytes(familyOf(bench.postgres))),
    databaseMegabytes: Math.round(size?.mb ?? 0),
  }
}

async function addSleepers({ db }: Bench, count: number): Promise<void> {
  await db.execute(sql`
    with r as (
      insert into job_runs (id, function_id, event, state, due_at, started_at)
      select uuidv7(), 'gleaner-sleeper', '{"name":"bench/sleeper","data":{}}', 'sleeping', now() + interval '30 days', now()
      from generate_series(1, ${sql.raw(String(count))}) returning id, function_id, due_at
    ), s as (
      insert into job_steps (run_id, hash, name, op, state, due_at) select id, 'long', 'long', 'Sleep', 'sleeping', due_at from r
    )
    select count(graphile_worker.add_job('gleaner/run/' || r.function_id, json_build_object('run', r.id),
      run_at => r.due_at, job_key => 'run/' || r.id)) from r`)
  // Else the queue's own statements stay planned for an empty table until autovacuum comes by.
  await db.execute(sql`analyze graphile_worker._private_jobs`)
}

export type Growth = Speed & { readonly finished: number }

/** One worker with more and more finished runs, made within the fortnight for which they are kept. */
export async function measureGrowth(bench: Bench, sizes: readonly number[]): Promise<readonly Growth[]> {
  const [worker] = await bench.startWorkers(1)
  if (!worker) return []
  await burst(bench, [worker], 'plain', RUNS)
  const figures: Growth[] = []
  let made = 0
  for (const finished of sizes) {
    for (; made < finished; made += Math.min(BATCH, finished - made)) {
      await addFinished(bench, Math.min(BATCH, finished - made))
    }
    await bench.db.execute(sql`vacuum analyze`)
    figures.push({ finished, ...(await burst(bench, [worker], 'plain', RUNS)) })
  }
  await worker.stop()
  return figures
}

async function addFinished({ db }: Bench, count: number): Promise<void> {
  await db.execute(sql`
    with r as (
      insert into job_runs (id, function_id, event, state, due_at, output, created_at, started_at, finished_at)
      select uuidv7(), 'gleaner-plain', '{"name":"bench/plain","data":{}}', 'completed', null, 'null', at, at, at
      from (select now() - random() * interval '13 days' as at from generate_series(1, ${sql.raw(String(count))})) ages
      returning id, finished_at
    )
    insert into job_steps (run_id, hash, name, op, state, position, data, finished_at)
    select id, 'one', 'one', 'StepRun', 'done', 0, '1', finished_at from r`)
}
