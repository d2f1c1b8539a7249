import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import type { JobClient } from '../client'
import { callReleaseRuns, createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

type Throttle = { limit: number; period: '1s' | '1h'; burst?: number; key?: string }

function define(client: JobClient, id: string, throttle: Throttle, options: object = {}): unknown[] {
  const began: unknown[] = []
  client.createFunction({ id, triggers: [{ event: id }], throttle, ...options }, async ({ event, step }) => {
    await step.run('begin', () => began.push(event.data.n))
  })
  return began
}

function send(client: JobClient, name: string, numbers: readonly number[], data: object = {}) {
  return client.send(numbers.map((n) => ({ name, data: { n, ...data } })))
}

async function waiting(job: string) {
  return jobs.sql<{ id: string; n: number; blocked: boolean; later: boolean }>`
    select id, (event::json -> 'data' ->> 'n')::int as n, blocked_on is not null as blocked, due_at > now() as later
    from job_runs
    where function_id = ${`gleaner-${job}`} and state = 'queued' and throttle is not null order by order_at, id`
}

/** As if so much time had gone by for a job's throttle. */
async function letPass(job: string, seconds: number): Promise<void> {
  await jobs.sql`
    update job_rates set tat = tat - ${seconds * 1000}::float8 where key like ${`throttle/gleaner-${job}/%`}`
  await jobs.sql`
    update job_runs set due_at = now() where function_id = ${`gleaner-${job}`} and state = 'queued' and blocked_on is null`
  await jobs.sql`
    select graphile_worker.add_job('gleaner/run/' || function_id, json_build_object('run', id), job_key => 'run/' || id)
    from job_runs where function_id = ${`gleaner-${job}`} and state = 'queued' and blocked_on is null`
}

describe('a throttle', () => {
  it('delays what comes too fast, loses none, and keeps the order of the events', async () => {
    const client = jobs.client()
    const began = define(client, 'spaced', { limit: 2, period: '1s', burst: 0 })
    await jobs.start(client)
    await send(client, 'spaced', [0, 1, 2])
    await until(async () => (await jobs.runs('spaced')).length === 3, 'the first three runs')
    await send(client, 'spaced', [3, 4, 5])
    const runs = await jobs.ended('spaced', 6)
    expect(began).toEqual([0, 1, 2, 3, 4, 5])
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
  })

  it('lets `limit` + `burst` begin at once, and the others wait where they are seen', async () => {
    const client = jobs.client()
    const began = define(client, 'bursty', { limit: 1, period: '1h', burst: 2 })
    await jobs.start(client)
    await send(client, 'bursty', [0, 1, 2, 3, 4])
    await jobs.ended('bursty', 3)
    await until(async () => (await waiting('bursty'))[0]?.blocked === false, 'the head of the line to know its time')
    expect(began).toEqual([0, 1, 2])
    const line = await waiting('bursty')
    expect(line.map(({ n, blocked }) => [n, blocked])).toEqual([
      [3, false],
      [4, true],
    ])
    const [head] = await jobs.sql`
      select extract(epoch from due_at - now())::float8 as wait from job_runs where id = ${line[0]?.id ?? ''}`
    expect(head?.wait).toBeGreaterThan(3000)
    expect(head?.wait).toBeLessThan(3600)
  })

  it('counts each key by itself', async () => {
    const client = jobs.client()
    const began = define(client, 'per-key', { limit: 1, period: '1h', burst: 0, key: 'event.data.host' })
    await jobs.start(client)
    await send(client, 'per-key', [0, 1], { host: 'a' })
    await send(client, 'per-key', [2, 3], { host: 'b' })
    await jobs.ended('per-key', 2)
    await until(async () => (await waiting('per-key')).length === 2, 'two to wait')
    expect([...began].sort()).toEqual([0, 2])
  })

  it('is kept by two engines that get twelve events at once', async () => {
    const client = jobs.client()
    const began = define(client, 'shared', { limit: 1, period: '1h', burst: 2 })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await Promise.all(Array.from({ length: 12 }, (_, n) => send(client, 'shared', [n])))
    await until(
      async () => (await waiting('shared')).filter(({ blocked }) => blocked).length === 8,
      'eight to stand in line',
    )
    await jobs.ended('shared', 3)
    expect(await waiting('shared')).toHaveLength(9)
    expect(began).toHaveLength(3)
  })

  it('survives a restart: what waited begins under the next engine, in order', async () => {
    const client = jobs.client()
    const began = define(client, 'lasting', { limit: 2, period: '1s', burst: 0 })
    const first = await jobs.start(client)
    await send(client, 'lasting', [0, 1, 2, 3, 4])
    await until(() => began.length >= 2, 'two to begin')
    await jobs.stop(first)
    const before = began.length
    expect(before).toBeLessThan(5)
    await jobs.start(client)
    await jobs.ended('lasting', 5)
    expect(began).toEqual([0, 1, 2, 3, 4])
  })

  it('counts a run once, also when its worker dies in the middle and another takes it over', async () => {
    const client = jobs.client()
    let tries = 0
    const throttle = { limit: 1, period: '1h', burst: 0 } as const
    client.createFunction({ id: 'dying', triggers: [{ event: 'dying' }], throttle }, async ({ step }) =>
      step.run('slow', async () => {
        tries += 1
        if (tries === 1) await new Promise<void>(() => undefined)
        return tries
      }),
    )
    await jobs.start(client, { concurrency: 2 })
    await send(client, 'dying', [0, 1])
    await until(() => tries === 1, 'the first try')
    // As if the worker that holds it were gone.
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-dying' and state = 'running'`
    const [run] = await jobs.ended('dying')
    expect(run?.output).toBe(2)
    expect(await waiting('dying')).toHaveLength(1)
  })

  it('is passed once: steps, sleeps and further tries are not throttled', async () => {
    const client = jobs.client()
    const throttle = { limit: 1, period: '1h', burst: 0 } as const
    let tries = 0
    client.createFunction({ id: 'stepping', triggers: [{ event: 'stepping' }], throttle }, async ({ step }) => {
      await step.run('one', () => 1)
      await step.sleep('nap', '1s')
      return step.run('flaky', () => {
        tries += 1
        if (tries === 1) throw new Error('once')
        return 'through'
      })
    })
    await jobs.start(client)
    await send(client, 'stepping', [0])
    expect((await jobs.ended('stepping'))[0]?.output).toBe('through')
  })

  it('goes on with the next when the first of its line is cancelled', async () => {
    const client = jobs.client()
    const began = define(client, 'left', { limit: 1, period: '1h', burst: 0 })
    await jobs.start(client)
    await send(client, 'left', [0, 1, 2])
    await jobs.ended('left')
    await until(async () => (await waiting('left'))[0]?.blocked === false, 'the head of the line to know its time')
    const [head] = await waiting('left')
    expect(await callReleaseRuns(test, [head?.id ?? ''])).toBe(1)
    // Not only called: what it then writes of its time must not come after `letPass`.
    const next = async () => (await waiting('left'))[0]
    await until(
      async () => (await next())?.blocked === false && (await next())?.later === true,
      'the next to know its time',
    )
    await letPass('left', 3600)
    await jobs.ended('left', 2)
    expect(began).toEqual([0, 2])
  })

  it('together with a concurrency limit: both hold, and all begin in order', async () => {
    const client = jobs.client()
    const order: unknown[] = []
    let [now, most] = [0, 0]
    const options = { throttle: { limit: 3, period: '1s', burst: 1 }, concurrency: 1 } as const
    client.createFunction({ id: 'twofold', triggers: [{ event: 'twofold' }], ...options }, async ({ event, step }) => {
      await step.run('work', async () => {
        now += 1
        most = Math.max(most, now)
        order.push(event.data.n)
        await new Promise((resolve) => setTimeout(resolve, 20))
        now -= 1
      })
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await send(client, 'twofold', [0, 1, 2, 3, 4, 5, 6, 7])
    await jobs.ended('twofold', 8)
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(1)
  })

  it('that a release has no more holds nobody back', async () => {
    const older = jobs.client()
    const began = define(older, 'freed', { limit: 1, period: '1h', burst: 0 })
    const first = await jobs.start(older)
    await send(older, 'freed', [0, 1, 2, 3])
    await jobs.ended('freed')
    await jobs.stop(first)
    const newer = jobs.client()
    newer.createFunction({ id: 'freed', triggers: [{ event: 'freed' }] }, async ({ event }) => began.push(event.data.n))
    await letPass('freed', 0)
    await jobs.start(newer)
    await jobs.ended('freed', 4)
    expect([...began].sort()).toEqual([0, 1, 2, 3])
  })
})
