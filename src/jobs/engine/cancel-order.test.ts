import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type Options = Omit<Parameters<JobClient['createFunction']>[0], 'id' | 'triggers' | 'cancelOn'>

/** A job that sleeps for an hour where its event says so; `<id>/stop` with the same `n` cancels it. */
function napper(id: string, options: Options = {}): JobClient {
  const client = jobs.client()
  client.createFunction(
    { id, triggers: [{ event: `${id}/begin` }], cancelOn: [{ event: `${id}/stop`, match: 'data.n' }], ...options },
    async ({ event, step }) => {
      await step.sleep('nap', event.data.nap === false ? '1s' : '1h')
    },
  )
  return client
}

const begin = (id: string, n: number, more: object = {}) => ({ name: `${id}/begin`, data: { n, ...more } })
const stop = (id: string, n: number) => ({ name: `${id}/stop`, data: { n } })

/** The states of a job's runs by the number in their event. */
async function states(id: string): Promise<Record<string, string[]>> {
  const rows = await jobs.sql<{ n: string; state: string }>`
    select event::jsonb -> 'data' ->> 'n' as n, state from job_runs where function_id = ${`gleaner-${id}`} order by event_id`
  const byNumber = Map.groupBy(rows, ({ n }) => n)
  return Object.fromEntries([...byNumber].map(([n, runs]) => [n, runs.map(({ state }) => state)]))
}

async function become(id: string, wanted: Record<string, string[]>): Promise<void> {
  await until(async () => JSON.stringify(await states(id)) === JSON.stringify(wanted), `${id} to be as wanted`).catch(
    async () => expect(await states(id)).toEqual(wanted),
  )
}

async function routed(name: string): Promise<void> {
  const open = () => jobs.sql`select from job_events where name = ${name} and routed_at is null`
  await until(async () => (await open()).count === 0, `${name} to be routed`)
}

describe('an event that cancels, sent after the one that begins', () => {
  it.each([1, 2])('cancels though both are routed only later, by %s engines', async (engines) => {
    const id = `late${engines}`
    const client = napper(id)
    for (const n of [1, 2]) await client.send(begin(id, n))
    await client.send(stop(id, 2))
    await Promise.all(Array.from({ length: engines }, () => jobs.start(client)))
    await become(id, { 1: ['sleeping'], 2: ['cancelled'] })
  })

  it('cancels when it is sent at once, whichever engine is quicker', async () => {
    const client = napper('quick')
    await Promise.all([jobs.start(client), jobs.start(client)])
    const pairs = Array.from({ length: 100 }, async (_, n) => {
      await client.send(begin('quick', n))
      await client.send(stop('quick', n))
    })
    await Promise.all(pairs)
    await become('quick', Object.fromEntries(Array.from({ length: 100 }, (_, n) => [n, ['cancelled']])))
  })

  it('cancels in one sending by its place there, and never what begins after it', async () => {
    const client = napper('batch')
    await client.send([stop('batch', 1), begin('batch', 1), begin('batch', 2), stop('batch', 2), begin('batch', 2)])
    await client.send(stop('batch', 3))
    await client.send(begin('batch', 3))
    await jobs.start(client)
    await become('batch', { 1: ['sleeping'], 2: ['cancelled', 'sleeping'], 3: ['sleeping'] })
  })

  it('cancels all of a long backlog, and none twice', async () => {
    const client = napper('backlog')
    const all = Array.from({ length: 300 }, (_, n) => n)
    await client.send(all.flatMap((n) => [begin('backlog', n), stop('backlog', n)]))
    await jobs.start(client)
    await become('backlog', Object.fromEntries(all.map((n) => [n, ['cancelled']])))
    const told = await jobs.sql`select from job_events where name = 'inngest/function.cancelled'
      and payload::jsonb -> 'data' ->> 'function_id' = 'gleaner-backlog'`
    expect(told).toHaveLength(300)
  })

  it('frees a singleton for what begins after it, in one sending too', async () => {
    const client = napper('single', { singleton: { mode: 'skip' } })
    await client.send([begin('single', 1), begin('single', 2), stop('single', 1), begin('single', 3)])
    await jobs.start(client)
    await become('single', { 1: ['cancelled'], 2: ['skipped'], 3: ['sleeping'] })
  })

  it('cancels what a debounce holds, when its quiet period is over', async () => {
    const client = napper('quiet', { debounce: { period: '1s', key: 'event.data.n' } })
    await jobs.start(client)
    await client.send([begin('quiet', 1), begin('quiet', 2), begin('quiet', 3)])
    await client.send([stop('quiet', 1), stop('quiet', 2)])
    await routed('quiet/stop')
    await client.send(begin('quiet', 2))
    await become('quiet', { 1: ['cancelled'], 2: ['skipped', 'sleeping'], 3: ['sleeping'] })
  })

  it('cancels what waits for its throttle, and the next begins in its time', async () => {
    const client = napper('paced', { throttle: { limit: 1, period: '2s' } })
    for (const n of [1, 2, 3]) await client.send(begin('paced', n))
    await client.send(stop('paced', 2))
    await jobs.start(client)
    await become('paced', { 1: ['sleeping'], 2: ['cancelled'], 3: ['sleeping'] })
  })

  it('cancels what stands in the line of a full place', async () => {
    const client = jobs.client()
    const done: unknown[] = []
    client.createFunction(
      {
        id: 'full',
        triggers: [{ event: 'full/begin' }],
        cancelOn: [{ event: 'full/stop', match: 'data.n' }],
        concurrency: 1,
      },
      ({ event, step }) =>
        step.run('work', async () => {
          await pause(200)
          done.push(event.data.n)
        }),
    )
    await client.send([1, 2, 3].map((n) => begin('full', n)))
    await client.send(stop('full', 2))
    await jobs.start(client)
    await become('full', { 1: ['completed'], 2: ['cancelled'], 3: ['completed'] })
    expect(done).toEqual([1, 3])
  })

  it('cancels what its priority delays', async () => {
    const client = napper('low', { priority: { run: '-600' } })
    await client.send([begin('low', 1), begin('low', 2)])
    await client.send(stop('low', 1))
    await jobs.start(client)
    await become('low', { 1: ['cancelled'], 2: ['queued'] })
  })

  it('cancels the run that a rate limit let pass; the others stay skipped', async () => {
    const client = napper('rated', { rateLimit: { limit: 1, period: '1h' } })
    await client.send([begin('rated', 1), begin('rated', 2)])
    await client.send([stop('rated', 1), stop('rated', 2)])
    await jobs.start(client)
    await become('rated', { 1: ['cancelled'], 2: ['skipped'] })
  })

  it('cancels the run of a function that only another release knows', async () => {
    const older = jobs.client()
    older.createFunction({ id: 'old', triggers: [{ event: 'handed/begin' }] }, async () => 1)
    const newer = napper('handed')
    await jobs.start(older)
    await jobs.start(newer)
    for (const n of Array.from({ length: 30 }, (_, at) => at)) {
      await older.send(begin('handed', n))
      await older.send(stop('handed', n))
    }
    await become('handed', Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n, ['cancelled']])))
  })

  it('with a time of its own, cancels only before it', async () => {
    const client = jobs.client()
    client.createFunction(
      { id: 'brief', triggers: [{ event: 'brief/begin' }], cancelOn: [{ event: 'brief/stop', timeout: '1s' }] },
      ({ step }) => step.sleep('nap', '1h'),
    )
    await client.send(begin('brief', 1))
    await client.send(stop('brief', 1))
    await jobs.start(client)
    await become('brief', { 1: ['cancelled'] })
    await client.send(begin('brief', 2))
    await become('brief', { 1: ['cancelled'], 2: ['sleeping'] })
    await pause(1100)
    await client.send(stop('brief', 2))
    await routed('brief/stop')
    expect(await states('brief')).toEqual({ 1: ['cancelled'], 2: ['sleeping'] })
  })
})
