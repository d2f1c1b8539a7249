import { sql } from 'drizzle-orm'
import { runMigrations } from 'graphile-worker'
import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { driverPool } from '@/db/client'
import { openTestDatabase } from '@/db/testing'
import { graphileLogger } from '@/jobs/engine/graphile-logger'
import { newId } from '@/kernel/ids'
import { formatGauges } from '@/observability/prometheus'
import { createTestWebDeps } from '@/trpc/testing'
import { checkHealth } from './health'
import { mayReadMetrics, readMetrics } from './metrics'

const test = openTestDatabase()
const TOKEN = 'sixteen letters or more'

describe('who may read the metrics', () => {
  const from = (address: string, host: string, bearer?: string) =>
    new Headers({ 'x-forwarded-for': address, host, ...(bearer && { authorization: `Bearer ${bearer}` }) })

  it.each([
    ['this machine, without a token', from('127.0.0.1', 'localhost:3000'), undefined, true],
    ['this machine by IPv6', from('::1', '[::1]:3000'), undefined, true],
    ['this machine on a socket of both', from('::ffff:127.0.0.1', '127.0.0.1:3000'), undefined, true],
    ['another machine', from('198.51.100.7', 'localhost:3000'), undefined, false],
    ['whoever comes through a proxy here', from('127.0.0.1', 'gleaner.example.org'), undefined, false],
    ['whoever has the token', from('198.51.100.7', 'gleaner.example.org', TOKEN), TOKEN, true],
    ['whoever has a wrong one', from('127.0.0.1', 'localhost', `${TOKEN}.`), TOKEN, false],
    ['this machine without the token that is set', from('127.0.0.1', 'localhost'), TOKEN, false],
  ])('%s: asked of %#', (_who, headers, token, may) => {
    expect(mayReadMetrics(headers, { METRICS_TOKEN: token, GLEANER_TRUST_PROXY: 0 })).toBe(may)
  })
})

describe('jobs, as a monitor sees them', () => {
  beforeEach(() => test.db.execute(sql`truncate job_runs, job_crons, job_workers cascade`))

  async function addSchedule(lateSeconds: number): Promise<void> {
    await test.db.execute(sql`
      insert into job_crons (function_id, cron, next_at)
      values ('gleaner-daily', '0 5 * * *', now() - ${lateSeconds} * interval '1 second')`)
    await test.db.execute(sql`
      insert into job_runs (id, function_id, event, state, finished_at, due_at)
      values (${newId()}, 'gleaner-daily', '{}', 'completed', now() - interval '1 hour', null)`)
  }

  it('a schedule tells its last success and its next tick', async () => {
    await addSchedule(-60)
    const { parts } = await checkHealth(createTestWebDeps(test.db))
    expect(parts.jobs).toMatchObject({ state: 'ok', 'daily.lastSuccessSeconds': 3600, scheduleLateSeconds: 0 })
    const text = await readMetrics(createTestWebDeps(test.db))
    const labels = '{function="gleaner-daily",cron="0 5 * * *"}'
    const last = Number(
      new RegExp(`last_success_timestamp_seconds${labels.replaceAll('*', '\\*')} (\\d+)`).exec(text)?.[1],
    )
    expect(Date.now() / 1000 - last).toBeCloseTo(3600, -1)
    expect(text).toContain(`gleaner_jobs_next_tick_timestamp_seconds${labels}`)
    expect(text).toContain('gleaner_health{part="jobs"} 1\n')
  })

  it('a schedule that is late by minutes degrades, for no worker hears it', async () => {
    await addSchedule(300)
    const { parts, ok } = await checkHealth(createTestWebDeps(test.db))
    expect(parts.jobs).toMatchObject({ state: 'degraded', detail: 'a schedule is late by 300 s' })
    expect(ok).toBe(true)
  })

  it('a run of a worker that is gone is a stuck lease', async () => {
    const [dead, alive] = [newId(), newId()]
    await test.db.execute(sql`
      insert into job_workers (id, pool_ids, home, pid, seen_at) values
        (${dead}, '{a}', 'here', 1, now() - interval '40 seconds'), (${alive}, '{b}', 'here', 2, now())`)
    for (const worker of [dead, alive, newId()]) {
      await test.db.execute(sql`
        insert into job_runs (id, function_id, event, state, worker_id) values (${newId()}, 'x', '{}', 'running', ${worker})`)
    }
    const { parts } = await checkHealth(createTestWebDeps(test.db))
    expect(parts.jobs).toMatchObject({ state: 'degraded', stuckLeases: 2, workers: 1 })
    expect(await readMetrics(createTestWebDeps(test.db))).toContain('gleaner_jobs_stuck_leases 2\n')
  })

  it('a queue that fails again and again, or gave up, and events that it refuses are told by their kind', async () => {
    const jobs = async () => (await checkHealth(createTestWebDeps(test.db))).parts.jobs
    // Before any worker has made the queue.
    expect(await jobs()).toMatchObject({ state: 'ok', queueFailing: 0, queueGivenUp: 0, eventsRefusedLastHour: 0 })
    await runMigrations({ pgPool: driverPool(test.db), logger: graphileLogger(pino({ level: 'silent' })) })
    await test.db.execute(sql`
      select graphile_worker.add_job(name) from unnest(array['gleaner/run/gleaner-a', 'gleaner/route/x', 'gleaner/events']) name`)
    const fail = (task: string, tries: number) =>
      test.db.execute(sql`
        update graphile_worker._private_jobs set attempts = ${tries}, last_error = 'canary'
        where task_id = (select id from graphile_worker._private_tasks where identifier = ${task})`)
    await fail('gleaner/run/gleaner-a', 4)
    expect(await jobs()).toMatchObject({ state: 'ok' })
    await fail('gleaner/run/gleaner-a', 5)
    await fail('gleaner/route/x', 25)
    const detail = 'calls of the queue fail again and again: route, run'
    expect(await jobs()).toMatchObject({ state: 'degraded', detail, queueFailing: 1, queueGivenUp: 1 })
    const text = await readMetrics(createTestWebDeps(test.db))
    expect(text).toContain('gleaner_jobs_queue_failing{task="run"} 1\n')
    expect(text).toContain('gleaner_jobs_queue_given_up{task="route"} 1\n')
    expect(text).not.toContain('canary')

    await test.db.execute(sql`delete from graphile_worker._private_jobs`)
    await test.db.execute(sql`
      insert into job_events (id, key, name, payload, routed_at, error) values
        (${newId()}, 'a', 'x', '{}', now(), '{}'), (${newId()}, 'b', 'x', '{}', now() - interval '2 hours', '{}')`)
    expect(await jobs()).toMatchObject({ state: 'degraded', detail: '1 events could not be routed' })
    expect(await readMetrics(createTestWebDeps(test.db))).toContain('gleaner_jobs_events_refused_last_hour 1\n')
    await test.db.execute(sql`delete from job_events`)
  })

  it('what stands still while an Inngest server is in charge is well', async () => {
    await addSchedule(90_000)
    const deps = createTestWebDeps(test.db)
    const { parts } = await checkHealth({ ...deps, jobs: { ...deps.jobs, mode: 'inngest' } })
    expect(parts.jobs).toEqual({ state: 'ok', engine: 'inngest' })
  })
})

describe('Prometheus’ text', () => {
  it('has help, type and a line a sample, with quotes and line ends escaped', () => {
    const samples = [{ labels: { a: 'x"y\\z\n' }, value: 1.5 }, { labels: { a: 'none' }, value: null }, { value: 0 }]
    expect(formatGauges([{ name: 'n', help: 'What\nit is.', samples }])).toBe(
      '# HELP n What\\nit is.\n# TYPE n gauge\nn{a="x\\"y\\\\z\\n"} 1.5\nn 0\n',
    )
  })
})
