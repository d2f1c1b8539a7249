import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'
import { createGauge } from './testing-lines'

/* What Inngest's pages promise of flow control and cancellation, shown by small jobs of the shapes that they give. */

const test = openTestDatabase()
const jobs = createTestJobs(test)

/** Defines a job that does nothing but end, and sends so many events to it. */
async function sendTo(id: string, options: object, data: readonly object[]): Promise<void> {
  const client = jobs.client()
  client.createFunction({ id, triggers: [{ event: id }], ...options }, async ({ event }) => event.data.n ?? null)
  await jobs.start(client)
  await client.send(data.map((own, n) => ({ name: id, data: { n, ...own } })))
}

async function states(job: string): Promise<string[]> {
  const rows = await jobs.sql<{ state: string; reason: string | null }>`
    select state, reason from job_runs where function_id = ${`gleaner-${job}`} order by order_at, id`
  return rows.map(({ state, reason }) => reason ?? state)
}

async function become(job: string, wanted: readonly string[]): Promise<void> {
  const same = async () => JSON.stringify((await states(job)).toSorted()) === JSON.stringify([...wanted].sort())
  await until(same, `${job} to be ${wanted.join(', ')}`)
}

const none = (count: number) => Array.from({ length: count }, () => ({}))

describe('the page on throttling', () => {
  it('of six events at two per 6 s with a burst of one, three begin at once, and the others wait', async () => {
    await sendTo('paced', { throttle: { limit: 2, period: '6s', burst: 1 } }, none(6))
    await jobs.ended('paced', 3)
    expect(await states('paced')).toEqual([...Array(3).fill('completed'), ...Array(3).fill('queued')])
  })

  it('each user has a throttle of its own, and none is lost', async () => {
    const users = [{ user: 'a' }, { user: 'a' }, { user: 'b' }]
    await sendTo('by-user', { throttle: { limit: 1, period: '1s', burst: 0, key: 'event.data.user' } }, users)
    await become('by-user', ['completed', 'completed', 'completed'])
  })
})

describe('the page on rate limits', () => {
  it('one run for each company in its period, and the others are skipped', async () => {
    const companies = [{ company: 'a' }, { company: 'b' }, { company: 'a' }, { company: 'a' }]
    await sendTo('company', { rateLimit: { limit: 1, period: '4h', key: 'event.data.company' } }, companies)
    await become('company', ['completed', 'completed', 'rate limit', 'rate limit'])
  })

  it('five an hour are one every twelve minutes: of five at once, one begins', async () => {
    await sendTo('five', { rateLimit: { limit: 5, period: '1h' } }, none(5))
    await become('five', ['completed', ...Array(4).fill('rate limit')])
    await jobs.sql`update job_rates set tat = tat - ${12 * 60_000}::float8 where key like 'rateLimit/gleaner-five/%'`
    await jobs.client().send({ name: 'five', data: {} })
    await become('five', ['completed', 'completed', ...Array(4).fill('rate limit')])
  })
})

describe('the page on idempotency', () => {
  it('one run a day for each value of the key, which may join several fields', async () => {
    const carts = [
      { cart: 1, user: 'a' },
      { cart: 1, user: 'a' },
      { cart: 1, user: 'b' },
    ]
    await sendTo('checkout', { idempotency: 'event.data.user + "-" + event.data.cart' }, carts)
    await become('checkout', ['completed', 'completed', 'idempotency'])
  })
})

describe('the page on debounce', () => {
  it('a burst is one run with the last event, and each account settles by itself', async () => {
    const accounts = [{ account: 'a' }, { account: 'b' }, { account: 'a' }, { account: 'a' }]
    await sendTo('settle', { debounce: { period: '1s', key: 'event.data.account' } }, accounts)
    const runs = await jobs.ended('settle', 2)
    expect(runs.map(({ output }) => output).sort()).toEqual([1, 3])
  })
})

describe('the page on singletons', () => {
  it.each([
    ['skip', ['sleeping', 'singleton', 'sleeping']],
    ['cancel', ['cancelled', 'sleeping', 'sleeping']],
  ] as const)('mode %s, while one run of the user goes on', async (mode, wanted) => {
    const client = jobs.client()
    const id = `only-${mode}`
    const singleton = { mode, key: 'event.data.user' }
    client.createFunction({ id, triggers: [{ event: id }], singleton }, ({ step }) => step.sleep('work', '1h'))
    await jobs.start(client)
    await client.send({ name: id, data: { user: 'a' } })
    await become(id, ['sleeping'])
    await client.send(['a', 'b'].map((user) => ({ name: id, data: { user } })))
    await become(id, wanted)
  })
})

describe('the pages on concurrency and priority', () => {
  it('a limit for each account and one for all hold together', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    const concurrency: [{ limit: number; key: string }, { limit: number }] = [
      { limit: 1, key: 'event.data.host' },
      { limit: 2 },
    ]
    client.createFunction({ id: 'report', triggers: [{ event: 'report' }], concurrency }, ({ event, step }) =>
      step.run('work', () => gauge.work({ n: event.data.n, host: event.data.host }, 20)),
    )
    await jobs.start(client)
    const hosts = ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd']
    await client.send(hosts.map((host, n) => ({ name: 'report', data: { n, host } })))
    await jobs.ended('report', hosts.length)
    expect(gauge.most.all).toBe(2)
    expect([gauge.most.a, gauge.most.b, gauge.most.c]).toEqual([1, 1, 1])
  })

  it('a key of the account is shared by functions that name it', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    for (const id of ['ask-once', 'ask-twice']) {
      const concurrency = { scope: 'account', key: '"model"', limit: 1 } as const
      client.createFunction({ id, triggers: [{ event: 'asked' }], concurrency }, ({ event, step }) =>
        step.run('work', () => gauge.work({ n: event.data.n }, 20)),
      )
    }
    await jobs.start(client)
    await client.send([0, 1, 2].map((n) => ({ name: 'asked', data: { n } })))
    await Promise.all([jobs.ended('ask-once', 3), jobs.ended('ask-twice', 3)])
    expect(gauge.most.all).toBe(1)
  })

  it('a paying plan goes before those that came up to two minutes earlier', async () => {
    const client = jobs.client()
    const order: string[] = []
    let letGo: () => void = () => undefined
    const options = { concurrency: 1, priority: { run: 'event.data.plan == "enterprise" ? 120 : 0' } }
    client.createFunction({ id: 'summary', triggers: [{ event: 'summary' }], ...options }, ({ event, step }) =>
      step.run('work', async () => {
        order.push(event.data.name)
        if (event.data.name !== 'first') return
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
      }),
    )
    await jobs.start(client)
    const ask = (name: string, plan: string) => client.send({ name: 'summary', data: { name, plan } })
    await ask('first', 'free')
    await until(() => order.length === 1, 'the first to hold the place')
    for (const [name, plan] of [
      ['second', 'free'],
      ['third', 'free'],
      ['paying', 'enterprise'],
    ] as const) {
      await ask(name, plan)
    }
    const blocked = () => jobs.sql`
      select from job_runs where function_id = 'gleaner-summary' and blocked_on is not null`
    await until(async () => (await blocked()).count === 3, 'three to wait')
    letGo()
    await jobs.ended('summary', 4)
    expect(order).toEqual(['first', 'paying', 'second', 'third'])
  })
})

describe('the pages on cancellation', () => {
  it('a reminder that is deleted is not sent, and another one is left alone', async () => {
    const client = jobs.client()
    const cancelOn = [{ event: 'deleted', if: 'async.data.id == event.data.id', timeout: '24h' }]
    const sent: unknown[] = []
    client.createFunction({ id: 'reminder', triggers: [{ event: 'created' }], cancelOn }, async ({ event, step }) => {
      await step.sleep('until due', '1s')
      await step.run('send', () => sent.push(event.data.id))
    })
    await jobs.start(client)
    await client.send([1, 2].map((id) => ({ name: 'created', data: { id } })))
    await become('reminder', ['sleeping', 'sleeping'])
    await client.send({ name: 'deleted', data: { id: 1 } })
    await become('reminder', ['cancelled', 'completed'])
    expect(sent).toEqual([2])
  })

  it('a clean-up hears of the cancelled run and of what began it', async () => {
    const client = jobs.client()
    const heard: unknown[] = []
    const cancelOn = [{ event: 'import/stop', match: 'data.id' }]
    client.createFunction({ id: 'imports', triggers: [{ event: 'import/begin' }], cancelOn }, ({ step }) =>
      step.sleep('long', '1h'),
    )
    const mine = `event.data.function_id == 'gleaner-imports'`
    client.createFunction(
      { id: 'clean-up', triggers: [{ event: 'inngest/function.cancelled', if: mine }] },
      async ({ event }) => heard.push([event.data.error.message, event.data.event.data.id]),
    )
    await jobs.start(client)
    await client.send({ name: 'import/begin', data: { id: 9 } })
    await become('imports', ['sleeping'])
    await client.send({ name: 'import/stop', data: { id: 9 } })
    await jobs.ended('clean-up')
    expect(heard).toEqual([['function cancelled', 9]])
  })
})
