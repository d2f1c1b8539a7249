import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { openPgPool } from './pg-pool'
import { DEFAULT_RETENTION, prune } from './prune'
import { sqlOf } from './sql'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

/** What became of each event for a job, by the event's `n`. */
async function fates(job: string): Promise<Record<string, string>> {
  const rows = await jobs.sql<{ n: string; state: string; reason: string | null }>`
    select event::json -> 'data' ->> 'n' as n, state, reason from job_runs
    where function_id = ${`gleaner-${job}`} order by order_at, id`
  return Object.fromEntries(rows.map(({ n, state, reason }) => [n, reason ?? state]))
}

async function settled(job: string, count: number): Promise<Record<string, string>> {
  const ended = async () => Object.values(await fates(job)).filter((fate) => fate !== 'queued' && fate !== 'running')
  await until(async () => (await ended()).length >= count, `${count} events of ${job} to be settled`)
  return fates(job)
}

function events(name: string, data: readonly object[]) {
  return data.map((own, at) => ({ name, data: { n: at, ...own } }))
}

/** As if so much time had gone by for all rates. */
async function letPass(seconds: number): Promise<void> {
  await jobs.sql`update job_rates set tat = tat - ${seconds * 1000}::float8`
}

function define(client: JobClient, id: string, options: object, work: () => Promise<unknown> = async () => 'done') {
  client.createFunction({ id, triggers: [{ event: id }], ...options }, work)
}

describe('a rate limit', () => {
  it('skips what comes beyond it, and says so on the run that each event did not begin', async () => {
    const client = jobs.client()
    define(client, 'rated', { rateLimit: { limit: 1, period: '1h' } })
    await jobs.start(client)
    const { ids } = await client.send(events('rated', [{}, {}, {}]))
    expect(await settled('rated', 3)).toEqual({ 0: 'completed', 1: 'rate limit', 2: 'rate limit' })
    const skipped = await jobs.sql`
      select event_id, state, started_at, finished_at is not null as ended from job_runs where reason = 'rate limit'
      order by event_id`
    expect(skipped.map(({ event_id }) => event_id)).toEqual([ids[1], ids[2]].sort())
    expect(skipped[0]).toMatchObject({ state: 'skipped', started_at: null, ended: true })
  })

  it('counts each key by itself', async () => {
    const client = jobs.client()
    define(client, 'rated-by', { rateLimit: { limit: 1, period: '1h', key: 'event.data.host' } })
    await jobs.start(client)
    await client.send(events('rated-by', [{ host: 'a' }, { host: 'b' }, { host: 'a' }, { host: null }]))
    const fate = { 0: 'completed', 1: 'completed', 2: 'rate limit', 3: 'completed' }
    expect(await settled('rated-by', 4)).toEqual(fate)
  })

  it('lets the next one begin when its time is over', async () => {
    const client = jobs.client()
    define(client, 'rated-again', { rateLimit: { limit: 1, period: '1h' } })
    await jobs.start(client)
    await client.send(events('rated-again', [{ n: 'first' }]))
    await settled('rated-again', 1)
    await letPass(3599)
    await client.send(events('rated-again', [{ n: 'early' }]))
    await settled('rated-again', 2)
    await letPass(1)
    await client.send(events('rated-again', [{ n: 'later' }]))
    const fate = { first: 'completed', early: 'rate limit', later: 'completed' }
    expect(await settled('rated-again', 3)).toEqual(fate)
  })

  it('is kept by two engines that get thirty events at once', async () => {
    const client = jobs.client()
    define(client, 'rated-two', { rateLimit: { limit: 20, period: '24h' } })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await Promise.all(Array.from({ length: 30 }, (_, n) => client.send({ name: 'rated-two', data: { n } })))
    const fate = Object.values(await settled('rated-two', 30))
    // A tenth of the limit at once, beside the first; the next in 72 minutes.
    expect(fate.filter((each) => each === 'completed')).toHaveLength(3)
    expect(fate.filter((each) => each === 'rate limit')).toHaveLength(27)
  })

  it('skips nothing of another function that the same event begins', async () => {
    const client = jobs.client()
    define(client, 'rated-pair', { rateLimit: { limit: 1, period: '1h' } })
    client.createFunction({ id: 'unrated-pair', triggers: [{ event: 'rated-pair' }] }, async () => 1)
    await jobs.start(client)
    await client.send(events('rated-pair', [{}, {}]))
    expect(await settled('unrated-pair', 2)).toEqual({ 0: 'completed', 1: 'completed' })
    expect(await settled('rated-pair', 2)).toEqual({ 0: 'completed', 1: 'rate limit' })
  })

  it('holds over a restart of the engine', async () => {
    const client = jobs.client()
    define(client, 'rated-restart', { rateLimit: { limit: 1, period: '1h' } })
    const first = await jobs.start(client)
    await client.send(events('rated-restart', [{ n: 'before' }]))
    await settled('rated-restart', 1)
    await jobs.stop(first)
    await client.send(events('rated-restart', [{ n: 'after' }]))
    await jobs.start(client)
    expect(await settled('rated-restart', 2)).toEqual({ before: 'completed', after: 'rate limit' })
  })
})

describe('idempotency', () => {
  it('of a function is one run a day for each value of its key', async () => {
    const client = jobs.client()
    define(client, 'idem', { idempotency: 'event.data.cart' })
    await jobs.start(client)
    await client.send(events('idem', [{ cart: 'x' }, { cart: 'y' }, { cart: 'x' }]))
    expect(await settled('idem', 3)).toEqual({ 0: 'completed', 1: 'completed', 2: 'idempotency' })
    await letPass(24 * 3600)
    await client.send(events('idem', [{ cart: 'x', n: 'tomorrow' }]))
    expect(await settled('idem', 4)).toMatchObject({ tomorrow: 'completed' })
  })

  it('of a function overrides its rate limit', async () => {
    const client = jobs.client()
    define(client, 'idem-rated', { idempotency: 'event.data.cart', rateLimit: { limit: 1, period: '1h' } })
    await jobs.start(client)
    await client.send(events('idem-rated', [{ cart: 'x' }, { cart: 'y' }]))
    expect(await settled('idem-rated', 2)).toEqual({ 0: 'completed', 1: 'completed' })
  })

  it('of two values that only look alike is two runs', async () => {
    const client = jobs.client()
    define(client, 'idem-types', { idempotency: 'event.data.cart' })
    await jobs.start(client)
    await client.send(events('idem-types', [{ cart: 1 }, { cart: '1' }, { cart: 'x'.repeat(5000) }]))
    expect(Object.values(await settled('idem-types', 3))).toEqual(['completed', 'completed', 'completed'])
  })

  it('of an event’s id lasts a day; then the same id is another event', async () => {
    const client = jobs.client()
    define(client, 'idem-event', {})
    await jobs.start(client)
    const send = (n: string) => client.send({ id: 'checkout-1', name: 'idem-event', data: { n } })
    await send('today')
    await send('again')
    await settled('idem-event', 1)
    await jobs.sql`update job_events set received_at = received_at - interval '24 hours' where key = 'checkout-1'`
    await send('tomorrow')
    await send('once more')
    expect(await settled('idem-event', 2)).toEqual({ today: 'completed', tomorrow: 'completed' })
  })
})

describe('a singleton', () => {
  const nap = { retries: 1 } as const

  it('in mode skip: a new run is skipped while one is open, also while that sleeps, and begins after it', async () => {
    const client = jobs.client()
    const singleton = { mode: 'skip' } as const
    client.createFunction({ id: 'single', triggers: [{ event: 'single' }], singleton, ...nap }, async ({ step }) => {
      await step.sleep('nap', '1s')
    })
    await jobs.start(client)
    await client.send(events('single', [{ n: 'first' }, { n: 'same batch' }]))
    await until(async () => (await fates('single')).first === 'sleeping', 'the run to sleep')
    await client.send(events('single', [{ n: 'second' }]))
    await until(async () => (await fates('single')).first === 'completed', 'the run to end')
    await client.send(events('single', [{ n: 'third' }]))
    const fate = { first: 'completed', 'same batch': 'singleton', second: 'singleton', third: 'completed' }
    await until(async () => (await fates('single')).third === 'completed', 'the third')
    expect(await fates('single')).toEqual(fate)
  })

  it('in mode cancel: the open run is cancelled and the new one begins', async () => {
    const client = jobs.client()
    const done: unknown[] = []
    const singleton = { mode: 'cancel', key: 'event.data.user' } as const
    client.createFunction({ id: 'latest', triggers: [{ event: 'latest' }], singleton }, async ({ event, step }) => {
      if (event.data.n === 'old') await step.sleep('long', '1h')
      await step.run('work', () => done.push(event.data.n))
    })
    await jobs.start(client)
    await client.send(events('latest', [{ n: 'old', user: 'a' }]))
    await until(async () => (await fates('latest')).old === 'sleeping', 'the run to sleep')
    await client.send(events('latest', [{ n: 'other', user: 'b' }]))
    await client.send(events('latest', [{ n: 'new', user: 'a' }]))
    await until(async () => (await fates('latest')).new === 'completed', 'the new one')
    expect(await fates('latest')).toEqual({ old: 'cancelled', other: 'completed', new: 'completed' })
    expect(done).toEqual(['other', 'new'])
  })

  it('in mode cancel: what a running step returns after its run was cancelled does not count', async () => {
    const client = jobs.client()
    const begun: unknown[] = []
    const done: unknown[] = []
    let release: () => void = () => undefined
    const singleton = { mode: 'cancel' } as const
    client.createFunction({ id: 'replaced', triggers: [{ event: 'replaced' }], singleton }, async ({ event, step }) => {
      await step.run('slow', async () => {
        begun.push(event.data.n)
        if (event.data.n !== 'old') return
        await new Promise<void>((resolve) => {
          release = resolve
        })
      })
      await step.run('after', () => done.push(event.data.n))
    })
    await jobs.start(client)
    await client.send(events('replaced', [{ n: 'old' }]))
    await until(() => begun.length === 1, 'the slow step')
    await client.send(events('replaced', [{ n: 'new' }]))
    await until(async () => (await fates('replaced')).new === 'completed', 'the new one')
    release()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await fates('replaced')).toEqual({ old: 'cancelled', new: 'completed' })
    expect(done).toEqual(['new'])
  })

  it('is one run though two engines get ten events at once', async () => {
    const client = jobs.client()
    const singleton = { mode: 'skip' } as const
    client.createFunction({ id: 'single-two', triggers: [{ event: 'single-two' }], singleton }, async ({ step }) => {
      await step.sleep('nap', '1h')
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await Promise.all(Array.from({ length: 10 }, (_, n) => client.send({ name: 'single-two', data: { n } })))
    await until(async () => Object.keys(await fates('single-two')).length === 10, 'ten fates')
    const skipped = Object.values(await fates('single-two')).filter((fate) => fate === 'singleton')
    expect(skipped).toHaveLength(9)
  })
})

describe('what was skipped', () => {
  it('is deleted with the events, and so are rates whose time is past', async () => {
    const client = jobs.client()
    define(client, 'rated-old', { rateLimit: { limit: 1, period: '1h' } })
    await jobs.start(client)
    await client.send(events('rated-old', [{}, {}]))
    await settled('rated-old', 2)
    await jobs.sql`
      update job_runs set finished_at = now() - interval '8 days' where reason = 'rate limit' or state = 'completed'`
    await letPass(7200)
    const sql = sqlOf(openPgPool(test.url, 1, 'test', pino({ level: 'silent' })))
    await prune(sql, DEFAULT_RETENTION)
    await sql.end()
    expect(await fates('rated-old')).toEqual({ 0: 'completed' })
    expect(await jobs.sql`select 1 from job_rates where key like 'rateLimit/gleaner-rated-old/%'`).toHaveLength(0)
  })
})
