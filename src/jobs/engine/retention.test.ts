import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { engineHealth } from '../queries'
import { openPgPool } from './pg-pool'
import { DEFAULT_RETENTION, prune, type Retention } from './prune'
import { migrateQueue } from './runner'
import { sqlOf } from './sql'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

async function addRun(state: string, days: number): Promise<string> {
  const id = newId()
  await jobs.sql`
    insert into job_runs (id, function_id, event, state, finished_at, due_at)
    values (${id}, 'gleaner-old', '{}', ${state}, now() - ${days} * interval '1 day', null)`
  await jobs.sql`
    insert into job_steps (run_id, hash, name, op, state) values (${id}, 'h', 'step', 'StepRun', 'done')`
  return id
}

async function addEvent(days: number): Promise<string> {
  const id = newId()
  await jobs.sql`
    insert into job_events (id, key, name, payload, received_at, routed_at)
    values (${id}, ${id}, 'old', '{}', now() - ${days} * interval '1 day', now())`
  return id
}

async function pruneOnce(retention: Retention = DEFAULT_RETENTION): Promise<void> {
  const log = pino({ level: 'silent' })
  const pool = openPgPool(test.url, 2, 'test', log)
  await migrateQueue(test.url, log)
  const sql = sqlOf(pool)
  await prune(sql, retention)
  await sql.end()
}

describe('what is kept and for how long', () => {
  it('finished runs 14 days, failed ones 60, events 7, and steps as long as their run', async () => {
    const kept = [await addRun('completed', 13), await addRun('failed', 59)]
    const gone = [await addRun('completed', 15), await addRun('cancelled', 15), await addRun('failed', 61)]
    const [young, old] = [await addEvent(6), await addEvent(8)]
    await pruneOnce()
    const runs = await jobs.sql`select id from job_runs order by id`
    expect(runs.map(({ id }) => id)).toEqual([...kept].sort())
    const steps = await jobs.sql`select run_id from job_steps order by 1`
    expect(steps.map(({ run_id }) => run_id)).toEqual([...kept].sort())
    const events = await jobs.sql`select id from job_events where id in (${young}, ${old})`
    expect(events.map(({ id }) => id)).toEqual([young])
    expect(gone).toHaveLength(3)
  })

  it('as many days as the installation says, skipped runs as long as events', async () => {
    await jobs.sql`truncate job_runs, job_events cascade`
    const kept = [await addRun('completed', 29), await addRun('failed', 2), await addRun('skipped', 0)]
    for (const [state, days] of [
      ['cancelled', 31],
      ['failed', 4],
      ['skipped', 2],
    ] as const)
      await addRun(state, days)
    await addEvent(2)
    await pruneOnce({ finished: 30, failed: 3, events: 1 })
    const runs = await jobs.sql`select id from job_runs order by id`
    expect(runs.map(({ id }) => id)).toEqual([...kept].sort())
    expect(await jobs.sql`select id from job_events`).toHaveLength(0)
  })

  it('more than a batch goes in one pruning, and the next one is set', async () => {
    await jobs.sql`
      insert into job_runs (id, function_id, event, state, finished_at)
      select gen_random_uuid(), 'gleaner-old', '{}', 'completed', now() - interval '20 days' from generate_series(1, 2500)`
    await pruneOnce()
    const [row] = await jobs.sql`
      select count(*)::int as n from job_runs where finished_at < now() - interval '19 days' and state = 'completed'`
    expect(row?.n).toBe(0)
    const alarms = await jobs.sql`select 1 from graphile_worker.jobs where key = 'gleaner/prune' and run_at > now()`
    expect(alarms).toHaveLength(1)
  })
})

describe('the engine’s health', () => {
  it('counts workers, running, sleeping and failed runs', async () => {
    await jobs.sql`delete from job_runs`
    const client = jobs.client()
    let release: () => void = () => undefined
    client.createFunction({ id: 'busy', triggers: [{ event: 'health' }] }, async ({ step }) => {
      await step.run(
        'hold',
        () =>
          new Promise<void>((resolve) => {
            release = resolve
          }),
      )
    })
    client.createFunction({ id: 'asleep', triggers: [{ event: 'health' }] }, async ({ step }) => {
      await step.sleep('long', '1h')
    })
    client.createFunction({ id: 'broken', triggers: [{ event: 'health' }], retries: 0 }, async () => {
      throw new Error('broken')
    })
    const engine = await jobs.start(client)
    await client.send({ name: 'health', data: {} })
    await jobs.ended('broken')
    await until(async () => (await jobs.runs('asleep'))[0]?.state === 'sleeping', 'the sleep')
    await until(async () => (await jobs.runs('busy'))[0]?.state === 'running', 'the busy one')
    expect(await engineHealth(test.db)).toEqual({
      lagSeconds: 0,
      running: 1,
      sleeping: 1,
      failedLastHour: 1,
      stuckLeases: 0,
      workers: 1,
    })
    expect(await engine.health()).toMatchObject({ driving: 1 })
    release()
    await jobs.ended('busy')
  })

  it('the lag is that of the oldest run that is due and not blocked by a limit', async () => {
    await jobs.sql`delete from job_runs`
    const due = (seconds: number, blocked: string | null) => jobs.sql`
      insert into job_runs (id, function_id, event, due_at, blocked_on)
      values (${newId()}, 'gleaner-x', '{}', now() - ${seconds} * interval '1 second', ${blocked})`
    await due(90, null)
    await due(30, null)
    await due(500, 'slot')
    const { lagSeconds } = await engineHealth(test.db)
    expect(lagSeconds).toBeGreaterThanOrEqual(90)
    expect(lagSeconds).toBeLessThan(100)
  })
})
