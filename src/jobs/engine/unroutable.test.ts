import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { listEvents } from '../list-events'
import { catchUp } from './catch-up'
import { createHandler } from './handler'
import { ROUTE_TASKS } from './known'
import { openPgPool } from './pg-pool'
import { readRegistry } from './registry'
import { sqlOf } from './sql'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const log = pino({ level: 'silent' })

type Stored = { n: number; routed: boolean; error: string | null }

function eventsOf(name: string) {
  return jobs.sql<Stored>`
    select (payload::jsonb -> 'data' ->> 'n')::int as n, routed_at is not null as routed, error::json ->> 'message' as error
    from job_events where name = ${name} order by received_at, id`
}

/** The database takes no run of this function whose event has `n` = 3: a fault of a kind that nobody foresaw. */
async function refuseThird(id: string): Promise<void> {
  await jobs.sql`
    create or replace function refuse_third() returns trigger language plpgsql as $$
    begin
      if new.event::jsonb -> 'data' ->> 'n' = '3' then raise exception 'no third one'; end if;
      return new;
    end $$`
  await test.db.execute(`create trigger refuse_third before insert on job_runs for each row
    when (new.function_id = 'gleaner-${id}') execute function refuse_third()`)
}

describe('an event that cannot be routed', () => {
  it('a key that is a map with numbers is a key like others', async () => {
    const client = jobs.client()
    const concurrency = { limit: 1, key: '{"n": size(event.data.list), "all": [size(event.data.list)]}' }
    client.createFunction({ id: 'map', triggers: [{ event: 'map' }], concurrency }, async () => 1)
    await jobs.start(client)
    await client.send({ name: 'map', data: { list: [1] } })
    expect((await jobs.ended('map'))[0]?.state).toBe('completed')
    const [run] = await jobs.sql<{ slots: string[] }>`select slots from job_runs where function_id = 'gleaner-map'`
    expect(run?.slots.join()).toContain('{"n":1,"all":[1]}')
  })

  it.each([
    ['plain', {}],
    ['guarded', { rateLimit: { limit: 100, period: '1s' } }],
  ] as const)('of a %s function keeps its error, and the others of its batch go on', async (id, options) => {
    const client = jobs.client()
    client.createFunction({ id, triggers: [{ event: id }], ...options }, async ({ event }) => event.data.n)
    await refuseThird(id)
    await jobs.start(client)
    await client.send([1, 2, 3, 4, 5].map((n) => ({ name: id, data: { n } })))
    const runs = await jobs.ended(id, 4)
    expect(runs.map(({ output }) => output).sort()).toEqual([1, 2, 4, 5])
    await until(async () => (await eventsOf(id)).every(({ routed }) => routed), 'all to be routed')
    expect((await eventsOf(id)).map(({ error }) => error)).toEqual([null, null, 'no third one', null, null])
    const shown = (await listEvents(test.db, { limit: 50 })).events.filter(({ error }) => error !== null)
    expect(shown).toMatchObject([{ name: id, isRouted: true, error: 'no third one', runs: [] }])
    await test.db.execute('truncate job_events')
    await test.db.execute('drop trigger refuse_third on job_runs')
  })

  it('of a function whose release was away keeps its error, is not called again, and the others go on', async () => {
    const older = jobs.client()
    older.createFunction({ id: 'older', triggers: [{ event: 'older' }] }, async () => 1)
    const client = jobs.client()
    client.createFunction({ id: 'away', triggers: [{ event: 'away' }] }, async ({ event }) => event.data.n)
    await jobs.start(older)
    await jobs.stop(await jobs.start(client))
    await older.send([1, 2, 3, 4, 5].map((n) => ({ name: 'away', data: { n } })))
    await until(async () => (await eventsOf('away')).every(({ routed }) => routed), 'all to be routed')
    await refuseThird('away')
    const engine = await jobs.start(client)
    expect((await jobs.ended('away', 4)).map(({ output }) => output).sort()).toEqual([1, 2, 4, 5])
    const errors = async () => (await eventsOf('away')).map(({ error }) => error)
    await until(async () => (await errors()).includes('no third one'), 'the error')
    expect(await errors()).toEqual([null, null, 'no third one', null, null])
    await jobs.stop(engine)
    // As while it is just back, and every sweep looks for what it missed.
    await jobs.sql`update job_listeners set last_at = now() - interval '1 minute'`
    await jobs.sql`
      insert into job_workers (id, home, pid, release, functions)
      values (gen_random_uuid(), 'elsewhere', 1, 'a', '[{"id": "gleaner-away", "events": ["away"], "crons": []}]')`
    const registry = await readRegistry(createHandler(client, client.funcs), client.funcs)
    const sql = sqlOf(openPgPool(test.url, 1, 'test', log))
    const calls = () => jobs.sql`select from graphile_worker.jobs where starts_with(task_identifier, ${ROUTE_TASKS})`
    await catchUp({ sql, registry })
    expect(await calls()).toHaveLength(0)
    await jobs.sql`update job_events set error = null where name = 'away'`
    await catchUp({ sql, registry })
    expect(await calls()).toHaveLength(1)
    await jobs.sql`delete from job_workers`
    await sql.end()
    await test.db.execute('drop trigger refuse_third on job_runs')
  })

  it('holds up nothing that the sweep makes good', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'swept', triggers: [{ event: 'swept' }] }, async ({ event }) => event.data.n)
    await refuseThird('swept')
    // Before any engine has ever run, nobody is called to them.
    for (const n of [3, 1, 2]) await client.send({ name: 'swept', data: { n } })
    await jobs.sql`delete from graphile_worker._private_jobs`
    await jobs.start(client)
    await jobs.ended('swept', 2)
    await until(async () => (await eventsOf('swept')).every(({ routed }) => routed), 'all to be routed')
    expect((await eventsOf('swept')).map(({ error }) => error)).toEqual(['no third one', null, null])
    const left = await jobs.sql`select from graphile_worker.jobs where task_identifier = 'gleaner/events'`
    expect(left).toHaveLength(0)
    await test.db.execute('drop trigger refuse_third on job_runs')
  })
})
