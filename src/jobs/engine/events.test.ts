import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createSender } from '../client'
import { openPgPool } from './pg-pool'
import { sqlOf } from './sql'
import { storeEvents } from './store-events'
import { createTestJobs } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('events', () => {
  it('sent before any engine was ever started are not lost', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'patient', triggers: [{ event: 'patient' }] }, async ({ event }) => event.data.n)
    await client.send([1, 2].map((n) => ({ name: 'patient', data: { n } })))
    await jobs.start(client)
    expect((await jobs.ended('patient', 2)).map(({ output }) => output).sort()).toEqual([1, 2])
  })

  it('an event id is one event however often it is sent, and answers the first one’s id', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'once', triggers: [{ event: 'once' }] }, async ({ event }) => event.id)
    await jobs.start(client)
    const send = () => client.send({ id: 'order-7', name: 'once', data: {} })
    const [first, second] = [await send(), await send()]
    expect(second.ids).toEqual(first.ids)
    await Promise.all([send(), send()])
    await client.send({ id: 'order-8', name: 'once', data: {} })
    expect((await jobs.ended('once', 2)).map(({ output }) => output).sort()).toEqual(['order-7', 'order-8'])
    expect(await jobs.runs('once')).toHaveLength(2)
  })

  it('a sending that is repeated by its seed is stored once', async () => {
    const events = [
      { name: 'seeded', data: { n: 1 } },
      { name: 'seeded', data: { n: 2 } },
    ]
    const sql = sqlOf(openPgPool(test.url, 2, 'test', pino({ level: 'silent' })))
    const first = await storeEvents(sql, events, 'seed')
    expect(await storeEvents(sql, events, 'seed')).toEqual(first)
    await sql.end()
    const [row] = await jobs.sql`select count(*)::int as n from job_events where name = 'seeded'`
    expect(row?.n).toBe(2)
  })

  it('Deps.send sends through the client, and nothing for nothing', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'nudged', triggers: [{ event: 'delivery/due' }] }, async ({ event }) => event.data)
    await jobs.start(client)
    const send = createSender(client)
    await send([])
    await send([{ name: 'delivery/due', data: { workspaceId: 'w' } }])
    expect((await jobs.ended('nudged'))[0]?.output).toEqual({ workspaceId: 'w' })
  })

  it('an event without a name or over 512 kB is refused with the reason, and nothing is stored', async () => {
    const client = jobs.client()
    await expect(client.send({ name: '', data: {} })).rejects.toThrow('an event has no name')
    const big = { name: 'big', data: { text: 'x'.repeat(600_000) } }
    await expect(client.send([{ name: 'small', data: {} }, big])).rejects.toThrow('event big is over 512 kB')
    const rows = await jobs.sql`select 1 from job_events where name in ('', 'small', 'big')`
    expect(rows).toHaveLength(0)
  })

  it('an event that nobody listens to is kept and begins nothing', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'deaf', triggers: [{ event: 'something else' }] }, async () => 1)
    await jobs.start(client)
    await client.send({ name: 'unheard', data: {} })
    await new Promise((resolve) => setTimeout(resolve, 600))
    const [row] = await jobs.sql`select routed_at is not null as routed from job_events where name = 'unheard'`
    expect(row?.routed).toBe(true)
    expect(await jobs.runs('deaf')).toEqual([])
  })
})
