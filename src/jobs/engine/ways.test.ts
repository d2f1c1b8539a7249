import { NonRetriableError, RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { createHttpHandler } from './http-handler'
import { createTestJobs, until } from './testing'
import { createTestServers } from './testing-http'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const servers = createTestServers()
const KEY = `signkey-test-${'0123456789abcdef'.repeat(4)}`
const OTHER = `signkey-test-${'f'.repeat(64)}`

type Way = { readonly name: string; readonly key?: string; readonly http: boolean }
const WAYS: readonly Way[] = [
  { name: 'in process', http: false },
  { name: 'over HTTP, unsigned', http: true },
  { name: 'over HTTP, signed', http: true, key: KEY },
]

let count = 0

/** A client, a name that no other test has, and how to begin. */
function prepare({ key, http }: Way) {
  const client = jobs.client(key)
  count += 1
  const name = `way-${count}`
  const start = async () => {
    const handler = http ? createHttpHandler({ url: await servers.open(client), signingKey: key }) : undefined
    await jobs.start(client, { handler })
  }
  return { client, name, start, trigger: [{ event: name }] as const }
}

async function run(name: string, client: JobClient, data: object = {}) {
  await client.send({ name, data: { ...data } })
  const [ended] = await jobs.ended(name)
  return ended
}

async function inState(job: string, state: string): Promise<void> {
  await until(async () => (await jobs.runs(job))[0]?.state === state, `${job} to be ${state}`)
}

describe.each(WAYS)('$name', (way) => {
  it('steps run once each, in order, and hand on what they returned', async () => {
    const { client, name, start, trigger } = prepare(way)
    const calls: string[] = []
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ event, step }) => {
      const one = await step.run('one', () => calls.push('one'))
      const two = await step.run('two', () => calls.push(`two after ${one}`))
      return { two, text: event.data.text }
    })
    await start()
    const text = 'zażółć 😀 \u2028 "1e21"'
    expect((await run(name, client, { text, 10: 1, 9: 1e21 }))?.output).toEqual({ two: 2, text })
    expect(calls).toEqual(['one', 'two after 1'])
  })

  it('a run sleeps, for a time and until one', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ step }) => {
      await step.sleep('nap', '1s')
      await step.sleepUntil('past', new Date(0))
      return 'awake'
    })
    await start()
    expect((await run(name, client))?.output).toBe('awake')
  })

  it('a wait takes the event that matches, and null when its time is over', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ step }) => {
      const never = await step.waitForEvent('never', { event: `${name}/never`, timeout: '1s' })
      const reply = await step.waitForEvent('reply', { event: `${name}/reply`, match: 'data.id', timeout: '1m' })
      return [never, reply?.data]
    })
    await start()
    await client.send({ name, data: { id: 7 } })
    const waits = () => jobs.sql`select from job_waits where event = ${`${name}/reply`}`
    await until(async () => (await waits()).count === 1, 'the run to wait for its reply')
    await client.send([8, 7].map((id) => ({ name: `${name}/reply`, data: { id, ok: true } })))
    expect((await jobs.ended(name))[0]?.output).toEqual([null, { id: 7, ok: true }])
  })

  it('an invoked function answers what it returned', async () => {
    const { client, name, start, trigger } = prepare(way)
    const never = [{ event: 'never/sent' }] as const
    const double = client.createFunction({ id: `${name}-double`, triggers: [...never] }, async ({ event, step }) =>
      step.run('reckon', () => Number(event.data.n) * 2),
    )
    client.createFunction({ id: name, triggers: [...trigger] }, ({ step }) =>
      step.invoke('ask', { function: double, data: { n: 21 } }),
    )
    await start()
    expect((await run(name, client))?.output).toBe(42)
  })

  it('an invoked function that fails is an error which the caller can catch', async () => {
    const { client, name, start, trigger } = prepare(way)
    const broken = client.createFunction({ id: `${name}-broken`, retries: 0 }, () => {
      throw new Error('broken inside')
    })
    client.createFunction({ id: name, triggers: [...trigger] }, ({ step }) =>
      step.invoke('ask', { function: broken }).catch((error: unknown) => String(error)),
    )
    await start()
    expect((await run(name, client))?.output).toContain('broken inside')
  })

  it('parallel steps each run once, and come together', async () => {
    const { client, name, start, trigger } = prepare(way)
    const calls: number[] = []
    client.createFunction({ id: name, triggers: [...trigger] }, ({ step }) =>
      Promise.all([1, 2, 3, 4].map((n) => step.run(`side ${n}`, () => calls.push(n) && n * n))),
    )
    await start()
    expect((await run(name, client))?.output).toEqual([1, 4, 9, 16])
    expect(calls.toSorted()).toEqual([1, 2, 3, 4])
  })

  it('of parallel steps that fail, Promise.allSettled tells each', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger], retries: 0 }, async ({ step }) => {
      const settled = await Promise.allSettled([
        step.run('good', () => 'fine'),
        step.run('bad', () => Promise.reject(new Error('not fine'))),
      ])
      return settled.map(({ status }) => status)
    })
    await start()
    expect((await run(name, client))?.output).toEqual(['fulfilled', 'rejected'])
  })

  it('a loop may use one step id again and again', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ step }) => {
      const seen: number[] = []
      for (let n = 0; n < 5; n += 1) seen.push(await step.run('page', () => n))
      return seen
    })
    await start()
    expect((await run(name, client))?.output).toEqual([0, 1, 2, 3, 4])
  })

  it('a failed step is tried again, and those before it are not', async () => {
    const { client, name, start, trigger } = prepare(way)
    const calls: string[] = []
    client.createFunction({ id: name, triggers: [...trigger], retries: 2 }, async ({ step, attempt }) => {
      await step.run('sure', () => calls.push('sure'))
      return step.run('flaky', () => {
        calls.push('flaky')
        if (calls.length < 4) throw new Error('not yet')
        return attempt
      })
    })
    await start()
    expect((await run(name, client))?.output).toBe(2)
    expect(calls).toEqual(['sure', 'flaky', 'flaky', 'flaky'])
  })

  it('a function that always throws fails after its tries, with its error', async () => {
    const { client, name, start, trigger } = prepare(way)
    let tries = 0
    client.createFunction({ id: name, triggers: [...trigger], retries: 1 }, async () => {
      tries += 1
      throw new TypeError(`try ${tries}`)
    })
    await start()
    expect(await run(name, client)).toMatchObject({ state: 'failed', error: { name: 'TypeError', message: 'try 2' } })
  })

  it('NonRetriableError is not tried again', async () => {
    const { client, name, start, trigger } = prepare(way)
    let tries = 0
    client.createFunction({ id: name, triggers: [...trigger] }, async () => {
      tries += 1
      throw new NonRetriableError('no use')
    })
    await start()
    expect(await run(name, client)).toMatchObject({ state: 'failed', error: { message: 'no use' } })
    expect(tries).toBe(1)
  })

  it('RetryAfterError decides when', async () => {
    const { client, name, start, trigger } = prepare(way)
    const times: number[] = []
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ step }) =>
      step.run('wait for it', () => {
        times.push(Date.now())
        if (times.length === 1) throw new RetryAfterError('in a second', 1000)
      }),
    )
    await start()
    expect(await run(name, client)).toMatchObject({ state: 'completed' })
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(900)
  })

  it('the failure handler gets the error and the event', async () => {
    const { client, name, start, trigger } = prepare(way)
    const heard: unknown[] = []
    const onFailure = async ({ error, event }: { error: Error; event: { data: { event: { data: unknown } } } }) => {
      heard.push([error.message, event.data.event.data])
    }
    client.createFunction({ id: name, triggers: [...trigger], retries: 0, onFailure }, () => {
      throw new Error('to be handled')
    })
    await start()
    await client.send({ name, data: { n: 1 } })
    await jobs.ended(`${name}-failure`)
    expect(heard).toEqual([['to be handled', { n: 1 }]])
  })

  it('a step that failed for good can be caught, and what was done be undone', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger], retries: 0 }, async ({ step }) => {
      await step.run('book', () => 'booked')
      const paid = await step.run('pay', () => Promise.reject(new Error('no money'))).catch(() => 'unpaid')
      return paid === 'unpaid' ? step.run('undo', () => 'undone') : paid
    })
    await start()
    expect(await run(name, client)).toMatchObject({ state: 'completed', output: 'undone' })
  })

  it('an event that a step sends begins its run, once', async () => {
    const { client, name, start, trigger } = prepare(way)
    client.createFunction({ id: name, triggers: [...trigger] }, async ({ step }) => {
      const { ids } = await step.sendEvent('tell', { name: `${name}/told`, data: { n: 5 } })
      return ids.length
    })
    const triggers = [{ event: `${name}/told` }] as const
    client.createFunction({ id: `${name}-told`, triggers: [...triggers] }, async ({ event }) => event.data.n)
    await start()
    expect((await run(name, client))?.output).toBe(1)
    expect((await jobs.ended(`${name}-told`)).map(({ output }) => output)).toEqual([5])
  })

  it('an event that matches cancels a sleeping run', async () => {
    const { client, name, start, trigger } = prepare(way)
    const cancelOn = [{ event: `${name}/stop`, if: 'async.data.id == event.data.id' }]
    client.createFunction({ id: name, triggers: [...trigger], cancelOn }, ({ step }) => step.sleep('long', '1h'))
    await start()
    await client.send({ name, data: { id: 3 } })
    await inState(name, 'sleeping')
    await client.send({ name: `${name}/stop`, data: { id: 3 } })
    await inState(name, 'cancelled')
  })

  it('a limit with a key lets one step of each key run at a time', async () => {
    const { client, name, start, trigger } = prepare(way)
    let [now, most] = [0, 0]
    const concurrency = { limit: 1, key: 'event.data.host' } as const
    client.createFunction({ id: name, triggers: [...trigger], concurrency }, ({ step }) =>
      step.run('work', async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 15))
        now -= 1
      }),
    )
    await start()
    await client.send([1, 2, 3, 4].map(() => ({ name, data: { host: 'a' } })))
    await jobs.ended(name, 4)
    expect(most).toBe(1)
  })

  it('an expression decides which events begin a run', async () => {
    const { client, name, start } = prepare(way)
    client.createFunction({ id: name, triggers: [{ event: name, if: 'event.data.n > 1' }] }, async () => 'begun')
    await start()
    await client.send([1, 2].map((n) => ({ name, data: { n } })))
    await jobs.ended(name)
    expect(await jobs.runs(name)).toHaveLength(1)
  })
})

describe('a function that is called over HTTP', () => {
  /** A run of a signed function without further tries, once it may be called by other means than at boot. */
  async function failedRun(change: Parameters<typeof createHttpHandler>[0] | null, spoil?: (body: string) => string) {
    const { client, name, trigger } = prepare({ name: '', http: true, key: KEY })
    let ran = 0
    client.createFunction({ id: name, triggers: [...trigger], retries: 0 }, async () => {
      ran += 1
    })
    const right = createHttpHandler({ url: await servers.open(client), signingKey: KEY })
    const url = change?.url || (await servers.open(client, spoil))
    const wrong = createHttpHandler({ signingKey: KEY, ...change, url })
    await jobs.start(client, { handler: { ...wrong, configs: right.configs } })
    return { ended: await run(name, client), ran }
  }

  it.each([
    ['signed with another key', { url: '', signingKey: OTHER }],
    ['not signed', { url: '', signingKey: undefined }],
    ['replayed six minutes later', { url: '', clock: () => Date.now() - 360_000 }],
  ])('runs nothing when it is %s, and the run says so', async (_how, change) => {
    const { ended, ran } = await failedRun(change)
    expect(ended).toMatchObject({
      state: 'failed',
      error: {
        message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ refuses the call: its signature is wrong or/),
      },
    })
    expect(ran).toBe(0)
  })

  it('is not believed when its answer was changed on the way', async () => {
    const { ended } = await failedRun(null, (body) => `${body} `)
    expect(ended?.error?.message).toMatch(/the answer of http:\/\/127\.0\.0\.1:\d+ is not signed by our key/)
  })

  it('that nobody serves fails its run in words', async () => {
    const { ended } = await failedRun({ url: 'http://127.0.0.1:1/api/inngest' })
    expect(ended).toMatchObject({ state: 'failed', error: { message: 'http://127.0.0.1:1 does not answer' } })
  })

  it('is refused at boot where the key is another one', async () => {
    const client = jobs.client(KEY)
    client.createFunction({ id: 'locked' }, async () => 1)
    const handler = createHttpHandler({ url: await servers.open(client), signingKey: OTHER })
    await expect(jobs.start(client, { handler })).rejects.toThrow('refuses the call')
  })
})
