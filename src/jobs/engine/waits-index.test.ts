import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { storeEvents } from './store-events'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const MANY = 100_000

/** So many sleeping runs that wait for one event name, each for a value of its own. */
async function fillWaits(): Promise<void> {
  await jobs.sql`
    insert into job_runs (id, function_id, event, state, due_at)
    select gen_random_uuid(), 'gleaner-crowd', json_build_object('name', 'begin', 'data', json_build_object('id', n))::text,
      'sleeping', now() + interval '1 day'
    from generate_series(1, ${MANY}::int) n`
  await jobs.sql`
    insert into job_steps (run_id, hash, name, op, state, due_at)
    select id, 'wait', 'wait', 'WaitForEvent', 'waiting', due_at from job_runs where function_id = 'gleaner-crowd'`
  await jobs.sql`
    insert into job_waits (run_id, key, event, expression, match_path, match_value, expires_at)
    select id, 'wait', 'crowd/come', 'event.data.id == async.data.id', '["data","id"]', event::json #>> '{data,id}', due_at
    from job_runs where function_id = 'gleaner-crowd'`
  await jobs.sql`analyze job_waits`
  await jobs.sql`analyze job_runs`
}

/** Rows of waits that were read so far, by an index or by a scan. */
async function rowsRead(): Promise<number> {
  await jobs.sql`select pg_stat_force_next_flush()`
  const [row] = await jobs.sql<{ n: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as n from pg_stat_user_tables where relname = 'job_waits'`
  return row?.n ?? 0
}

describe('a hundred thousand waits for one event name', () => {
  it('an event reads those of its own value, not all', async () => {
    await fillWaits()
    const client = jobs.client()
    client.createFunction({ id: 'other', triggers: [{ event: 'other' }] }, async () => 'well')
    await jobs.start(client)
    const before = await rowsRead()
    const count = 20
    const events = Array.from({ length: count }, (_, n) => ({ name: 'crowd/come', data: { id: n + 1 } }))
    await storeEvents(jobs.sql, events, newId())
    const answered = () => jobs.sql`select 1 from job_steps where run_id in (
      select id from job_runs where function_id = 'gleaner-crowd' and due_at <= now()) and state = 'arrived'`
    await until(async () => (await answered()).length === count, 'the answers')
    await until(async () => (await rowsRead()) > before, 'the figures')
    const perEvent = ((await rowsRead()) - before) / count
    // biome-ignore lint/suspicious/noConsole: a figure of this test.
    console.info(`${MANY} waits: ${perEvent.toFixed(1)} rows read an event`)
    expect(perEvent).toBeLessThan(20)
  }, 120_000)

  it('an event that nobody waits for by its value reads next to none', async () => {
    const before = await rowsRead()
    await jobs.start(jobs.client())
    await storeEvents(
      jobs.sql,
      [
        { name: 'crowd/come', data: { id: 'nobody' } },
        { name: 'quiet', data: {} },
      ],
      newId(),
    )
    await until(async () => (await jobs.sql`select 1 from job_events where routed_at is null`).length === 0, 'routing')
    expect((await rowsRead()) - before).toBeLessThan(50)
  })
})
