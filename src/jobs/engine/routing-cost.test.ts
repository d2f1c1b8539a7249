import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { catchUp } from './catch-up'
import { routeTo } from './hand-over'
import { createHandler } from './handler'
import { ROUTE_TASKS } from './known'
import { openPgPool } from './pg-pool'
import { readRegistry } from './registry'
import { routeEvents } from './route-events'
import { type EngineSql, sqlOf } from './sql'
import { createTestJobs } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const log = pino({ level: 'silent' })
const PAIRS = 200

let sql: EngineSql
/** The statements of `sql` so far. */
const sent: string[] = []

beforeAll(() => {
  const pool = openPgPool(test.url, 2, 'counted', log)
  pool.on('connect', (client) => {
    const { query } = client
    const count = (...values: unknown[]): unknown => {
      const [first] = values
      sent.push(typeof first === 'object' && first !== null && 'text' in first ? String(first.text) : String(first))
      return Reflect.apply(query, client, values)
    }
    // The same function, which counts besides.
    client.query = count as typeof query
  })
  sql = sqlOf(pool)
})
afterAll(() => sql.end())

/** A job that sleeps until `<id>/stop` with the same `n` cancels it; it was there once, for an event to begin it. */
async function napper(id: string) {
  const client = jobs.client()
  client.createFunction(
    { id, triggers: [{ event: `${id}/begin` }], cancelOn: [{ event: `${id}/stop`, match: 'data.n' }] },
    ({ step }) => step.sleep('nap', '1h'),
  )
  await jobs.stop(await jobs.start(client))
  sent.length = 0
  return client
}

async function routerOf(client: JobClient) {
  const registry = await readRegistry(createHandler(client, client.funcs), client.funcs)
  return { sql, log, registry, isStopping: () => false }
}

async function expectAllCancelled(id: string): Promise<void> {
  expect((await jobs.runs(id)).map(({ state }) => state)).toEqual(Array.from({ length: PAIRS }, () => 'cancelled'))
}

function pairs(id: string) {
  return Array.from({ length: PAIRS }, (_, n) => [
    { name: `${id}/begin`, data: { n } },
    { name: `${id}/stop`, data: { n } },
  ]).flat()
}

it('events that begin runs and cancel them are routed fifty at a time, by fewer statements than events', async () => {
  const client = await napper('pair')
  const { ids } = await client.send(pairs('pair'))
  await routeEvents(await routerOf(client), ids)
  await expectAllCancelled('pair')
  expect(sent.filter((text) => text === 'begin')).toHaveLength((2 * PAIRS) / 50)
  expect(sent.length).toBeLessThan(2 * PAIRS)
})

it('so are events that cancel what others began before them', async () => {
  const client = await napper('apart')
  const all = pairs('apart')
  const begun = await client.send(all.filter(({ name }) => name === 'apart/begin'))
  const ended = await client.send(all.filter(({ name }) => name === 'apart/stop'))
  const router = await routerOf(client)
  await routeEvents(router, begun.ids)
  await routeEvents(router, ended.ids)
  await expectAllCancelled('apart')
  expect(sent.length).toBeLessThan(2 * PAIRS)
})

it('what a release missed is handed over fifty at a time, and what cancels it is read once for each fifty', async () => {
  const client = await napper('missed')
  // So that it was there, and is called to what it missed; another release routed all of it.
  await jobs.sql`
    insert into job_workers (id, home, pid, release, functions)
    values (gen_random_uuid(), 'elsewhere', 1, 'a', '[{"id": "gleaner-missed", "events": ["missed/begin"], "crons": []}]')`
  await client.send(pairs('missed'))
  await jobs.sql`
    update job_events set routed_at = now() - interval '1 second' where name like 'missed/%'`
  await jobs.sql`update job_listeners set last_at = now() - interval '1 minute' where function_id = 'gleaner-missed'`
  const router = await routerOf(client)
  await catchUp(router)
  await catchUp(router)
  const calls = await jobs.sql<{ payload: { events: string[] } }>`
    select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where starts_with(t.identifier, ${ROUTE_TASKS})`
  expect(calls.map(({ payload }) => payload.events.length)).toEqual([50, 50, 50, 50])
  const fn = router.registry.get('gleaner-missed')
  if (!fn) throw new Error('no function')
  for (const { payload } of calls) await routeTo(router, fn, payload.events)
  await expectAllCancelled('missed')
  const looks = sent.filter((text) => text.includes('(received_at, id) >'))
  // Pages of 200 of at most 200 events: one with something, and one more where that was full.
  expect(looks.length).toBeLessThanOrEqual(2 * calls.length)
  expect(sent.length).toBeLessThan(PAIRS)
})
