import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createTestJobs, until } from './testing'
import { createGauge, define, defineHeld, type Limit, range, send } from './testing-lines'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('a concurrency limit', () => {
  it('lets runs begin in the order of their events', async () => {
    const client = jobs.client()
    const { order } = define(client, 'fifo', 1)
    await Promise.all([jobs.start(client), jobs.start(client)])
    await send(client, 'fifo', range(30))
    await jobs.ended('fifo', 30)
    expect(order).toEqual(range(30))
  })

  it('of one key keeps its order, whatever the other keys do', async () => {
    const client = jobs.client()
    const { most, order } = define(client, 'fifo-key', [{ limit: 1, key: 'event.data.host' }])
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send(range(30).map((n) => ({ name: 'fifo-key', data: { n, host: `h${n % 3}` } })))
    await jobs.ended('fifo-key', 30)
    for (const host of [0, 1, 2]) {
      const own = order.filter((n) => n % 3 === host)
      expect(own).toEqual([...own].sort((a, b) => a - b))
      expect(most[`h${host}`]).toBe(1)
    }
  })

  it('of 0 is no limit', async () => {
    const client = jobs.client()
    const { most } = define(client, 'unlimited', 0)
    await jobs.start(client)
    await send(client, 'unlimited', range(8))
    await jobs.ended('unlimited', 8)
    expect(most.all).toBeGreaterThan(1)
  })

  it.each([
    ['narrow first', [{ limit: 1, key: 'event.data.host' }, { limit: 3 }]],
    ['wide first', [{ limit: 3 }, { limit: 1, key: 'event.data.host' }]],
  ] as const)('beside another: both hold, and none waits for ever (%s)', async (name, [first, second]) => {
    const client = jobs.client()
    const id = `both-${name.replace(' ', '-')}`
    const { most } = define(client, id, [{ ...first }, { ...second }])
    await Promise.all([jobs.start(client), jobs.start(client)])
    // Most are of one host: those of the others must not stand behind them.
    await client.send(range(40).map((n) => ({ name: id, data: { n, host: `h${n < 28 ? 0 : n % 5}` } })))
    const runs = await jobs.ended(id, 40)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    expect(most.all).toBeLessThanOrEqual(3)
    expect(range(5).map((host) => most[`h${host}`])).toEqual([1, 1, 1, 1, 1])
  })

  it('of scope env is shared by functions with the same key, and only by them', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    for (const id of ['ai-one', 'ai-two']) define(client, id, [{ limit: 2, scope: 'env', key: '"ai"' }], gauge)
    const other = define(client, 'ai-three', [{ limit: 4, scope: 'env', key: '"other"' }], createGauge(), 150)
    await Promise.all([jobs.start(client), jobs.start(client)])
    for (const id of ['ai-one', 'ai-two', 'ai-three']) await send(client, id, range(12))
    await Promise.all(['ai-one', 'ai-two', 'ai-three'].map((id) => jobs.ended(id, 12)))
    expect(gauge.most.all).toBe(2)
    expect(other.most.all).toBeGreaterThan(2)
  })

  it('of scope account, shared by functions with limits of their own: each keeps its own, in whatever order they take them', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    const [a, b]: [Limit, Limit] = [
      { limit: 2, scope: 'account', key: '"a"' },
      { limit: 2, scope: 'account', key: '"b"' },
    ]
    define(client, 'cross-one', [a, b], gauge)
    define(client, 'cross-two', [b, a], gauge)
    define(client, 'cross-small', [{ ...a, limit: 1 }], gauge)
    await Promise.all([jobs.start(client), jobs.start(client)])
    const ids = ['cross-one', 'cross-two', 'cross-small']
    for (const id of ids) await send(client, id, range(10))
    await Promise.all(ids.map((id) => jobs.ended(id, 10)))
    expect(gauge.most.all).toBeLessThanOrEqual(2)
  })

  it('does not count runs that sleep', async () => {
    const client = jobs.client()
    const order: string[] = []
    client.createFunction(
      { id: 'napping', triggers: [{ event: 'napping' }], concurrency: 1 },
      async ({ event, step }) => {
        await step.run('before', () => order.push(`before ${event.data.n}`))
        await step.sleep('nap', '1s')
        await step.run('after', () => order.push(`after ${event.data.n}`))
      },
    )
    await jobs.start(client)
    await send(client, 'napping', range(3))
    await jobs.ended('napping', 3)
    expect(order.slice(0, 3)).toEqual(['before 0', 'before 1', 'before 2'])
    expect(order).toHaveLength(6)
  })

  it('does not count runs that wait for their next try', async () => {
    const client = jobs.client()
    const began: string[] = []
    client.createFunction(
      { id: 'failing', triggers: [{ event: 'failing' }], concurrency: 1 },
      async ({ event, attempt }) => {
        began.push(`${event.data.n}.${attempt}`)
        if (event.data.n === 0 && attempt === 0) throw new Error('once')
      },
    )
    await jobs.start(client, { backoff: () => 600 })
    await send(client, 'failing', [0, 1])
    await jobs.ended('failing', 2)
    expect(began).toEqual(['0.0', '1.0', '0.1'])
  })

  it('counts each of a run’s parallel steps, and lets them use what is free', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    const concurrency = 2
    client.createFunction({ id: 'fan', triggers: [{ event: 'fan' }], concurrency }, async ({ event, step }) => {
      const work = (n: number) => step.run(`part ${n}`, () => gauge.work({ n, host: String(event.data.n) }, 40))
      await Promise.all(range(6).map(work))
      return 'joined'
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await send(client, 'fan', [0])
    await jobs.ended('fan')
    expect(gauge.most).toEqual({ 0: 2, all: 2 })
    await send(client, 'fan', [1, 2, 3])
    expect((await jobs.ended('fan', 4)).map(({ output }) => output)).toEqual(Array(4).fill('joined'))
    expect(gauge.most.all).toBe(2)
    expect(gauge.order).toHaveLength(24)
  })

  it('leaves its place when a run fails for good', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'broken', triggers: [{ event: 'broken' }], concurrency: 1, retries: 0 }, async () => {
      throw new Error('always')
    })
    await jobs.start(client)
    await send(client, 'broken', range(5))
    const runs = await jobs.ended('broken', 5)
    expect(runs.map(({ state }) => state)).toEqual(Array(5).fill('failed'))
  })

  it('counts the steps of a run that is taken over only for the one that has it now', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'lost')
    await jobs.start(client)
    await send(client, 'lost', [0, 1])
    await until(() => began.length === 1, 'the first')
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-lost' and state = 'running'`
    await until(() => began.length === 2, 'the first to be begun again')
    expect(began).toEqual([0, 0])
    letGo()
    await jobs.ended('lost', 2)
    expect(began).toEqual([0, 0, 1])
  })
})
