import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

type Debounce = { period: '1s' | '1h'; timeout?: '1s' | '2s'; key?: string }

/** Defines a job that notes the `n` of each event that it gets. */
function define(client: JobClient, id: string, debounce: Debounce, options: object = {}): unknown[] {
  const got: unknown[] = []
  client.createFunction({ id, triggers: [{ event: id }], debounce, ...options }, async ({ event }) => {
    got.push(event.data.n)
    return event.data.n
  })
  return got
}

async function skipped(job: string, reason = 'debounce'): Promise<string[]> {
  const rows = await jobs.sql<{ n: string }>`
    select event::json -> 'data' ->> 'n' as n from job_runs
    where function_id = ${`gleaner-${job}`} and reason = ${reason} order by event_id`
  return rows.map(({ n }) => n)
}

async function held(job: string) {
  return jobs.sql`
    select key, events, event::json -> 'data' ->> 'n' as last from job_debounces where function_id = ${`gleaner-${job}`}
    order by key`
}

describe('a debounce', () => {
  it('makes one run of a burst, with its last event, and says which events were replaced', async () => {
    const client = jobs.client()
    const got = define(client, 'burst', { period: '1s' })
    await jobs.start(client)
    for (const n of [1, 2]) await client.send({ name: 'burst', data: { n } })
    await client.send([3, 4].map((n) => ({ name: 'burst', data: { n } })))
    await jobs.ended('burst')
    expect(got).toEqual([4])
    expect(await skipped('burst')).toEqual(['1', '2', '3'])
  })

  it('shows what waits: its last event and how many came', async () => {
    const client = jobs.client()
    define(client, 'seen', { period: '1h' })
    await jobs.start(client)
    for (const n of [1, 2, 3]) await client.send({ name: 'seen', data: { n } })
    await until(async () => (await held('seen'))[0]?.events === 3, 'three events')
    expect([...(await held('seen'))]).toEqual([{ key: 'debounce/gleaner-seen/', events: 3, last: '3' }])
    expect((await jobs.runs('seen')).filter(({ state }) => state !== 'skipped')).toEqual([])
  })

  it('waits for each key by itself', async () => {
    const client = jobs.client()
    const got = define(client, 'keyed', { period: '1s', key: 'event.data.user' })
    await jobs.start(client)
    const data = ['a', 'b', 'a'].map((user, n) => ({ user, n }))
    await client.send(data.map((own) => ({ name: 'keyed', data: own })))
    await jobs.ended('keyed', 2)
    expect([...got].sort()).toEqual([1, 2])
  })

  it('begins a new period with every event', async () => {
    const client = jobs.client()
    define(client, 'pushed', { period: '1h' })
    await jobs.start(client)
    const dueAt = async () => (await jobs.sql`select due_at from job_debounces where key like '%pushed%'`)[0]?.due_at
    await client.send({ name: 'pushed', data: { n: 1 } })
    await until(async () => (await held('pushed')).length === 1, 'the first')
    const first = await dueAt()
    await client.send({ name: 'pushed', data: { n: 2 } })
    await until(async () => (await held('pushed'))[0]?.events === 2, 'the second')
    expect(await dueAt()).not.toEqual(first)
  })

  it('runs at its timeout though events go on', async () => {
    const client = jobs.client()
    const got = define(client, 'steady', { period: '1h', timeout: '1s' })
    await jobs.start(client)
    let sent = 0
    const isStopped = () => got.length > 0 || sent > 200
    while (!isStopped()) {
      await client.send({ name: 'steady', data: { n: sent } })
      sent += 1
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(got).toHaveLength(1)
    expect(got[0]).toBeLessThan(sent)
  })

  it('begins anew with the first event after its run', async () => {
    const client = jobs.client()
    const got = define(client, 'twice', { period: '1s' })
    await jobs.start(client)
    await client.send({ name: 'twice', data: { n: 1 } })
    await jobs.ended('twice')
    await client.send({ name: 'twice', data: { n: 2 } })
    await jobs.ended('twice', 2)
    expect(got).toEqual([1, 2])
    expect(await skipped('twice')).toEqual([])
  })

  it('fires once though two engines run and bring its events at the same time', async () => {
    const client = jobs.client()
    const got = define(client, 'both', { period: '1s' })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await Promise.all(Array.from({ length: 20 }, (_, n) => client.send({ name: 'both', data: { n } })))
    await jobs.ended('both')
    await until(async () => (await skipped('both')).length === 19, 'the other events')
    expect(got).toHaveLength(1)
    const [last] = await jobs.sql`
      select payload::json -> 'data' -> 'n' as n from job_events where name = 'both' order by received_at desc, id desc limit 1`
    expect(got[0]).toBe(last?.n)
    expect(await held('both')).toHaveLength(0)
  })

  it('survives a stop of the engine, and fires under the next', async () => {
    const client = jobs.client()
    const got = define(client, 'kept', { period: '1s' })
    const first = await jobs.start(client)
    for (const n of [1, 2]) await client.send({ name: 'kept', data: { n } })
    await until(async () => (await held('kept'))[0]?.events === 2, 'both events')
    await jobs.stop(first)
    expect(got).toEqual([])
    await jobs.start(client)
    await jobs.ended('kept')
    expect(got).toEqual([2])
  })

  it('fires though its alarm was lost', async () => {
    const client = jobs.client()
    const got = define(client, 'silent', { period: '1h' })
    const first = await jobs.start(client)
    await client.send({ name: 'silent', data: { n: 1 } })
    await until(async () => (await held('silent')).length === 1, 'the event')
    await jobs.stop(first)
    await jobs.sql`select graphile_worker.remove_job('debounce/debounce/gleaner-silent/')`
    await jobs.sql`update job_debounces set due_at = now() where function_id = 'gleaner-silent'`
    await jobs.start(client)
    await jobs.ended('silent')
    expect(got).toEqual([1])
  })

  it('with idempotency: once debounced, a key does not run again', async () => {
    const client = jobs.client()
    const got = define(client, 'final', { period: '1s', key: 'event.data.id' }, { idempotency: 'event.data.id' })
    await jobs.start(client)
    const send = (n: number) => client.send({ name: 'final', data: { id: 'x', n } })
    await send(1)
    await send(2)
    await jobs.ended('final')
    await send(3)
    await until(async () => (await skipped('final', 'idempotency')).length === 1, 'the third to be skipped')
    expect(got).toEqual([2])
  })
})
