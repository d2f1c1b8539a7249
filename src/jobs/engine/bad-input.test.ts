import { referenceFunction } from 'inngest'
import { channel, staticSchema } from 'inngest/realtime'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

type Steps = Parameters<Parameters<ReturnType<typeof jobs.client>['createFunction']>[1]>[0]

/** Runs a job of these steps to its end, beside one that must not notice. */
async function failing(id: string, work: (context: Steps) => Promise<unknown>) {
  const client = jobs.client()
  client.createFunction({ id, triggers: [{ event: id }], retries: 1 }, work)
  client.createFunction({ id: `${id}-beside`, triggers: [{ event: id }] }, async ({ step }) =>
    step.run('work', () => 'well'),
  )
  await jobs.start(client)
  await client.send({ name: id, data: {} })
  expect((await jobs.ended(`${id}-beside`))[0]).toMatchObject({ state: 'completed', output: 'well' })
  return (await jobs.ended(id))[0]
}

describe('an event that is wrong', () => {
  it('without a name is refused to its sender', async () => {
    await expect(jobs.client().send({ name: '', data: {} })).rejects.toThrow('an event has no name')
  })

  it('over 512 kB is refused to its sender, by its name', async () => {
    const data = { text: 'x'.repeat(512 * 1024) }
    await expect(jobs.client().send({ name: 'big', data })).rejects.toThrow('event big is over 512 kB')
    await expect(jobs.client().send({ name: 'near', data: { text: 'x'.repeat(511 * 1024) } })).resolves.toBeDefined()
  })

  it('in a list refuses the whole list', async () => {
    const list = [
      { name: 'good-of-list', data: {} },
      { name: '', data: {} },
    ]
    await expect(jobs.client().send(list)).rejects.toThrow('an event has no name')
    expect(await jobs.sql`select 1 from job_events where name = 'good-of-list'`).toHaveLength(0)
  })

  it('sent by a step fails the step, in words', async () => {
    const run = await failing('sends-wrong', async ({ step }) => step.sendEvent('send', { name: '', data: {} }))
    expect(run).toMatchObject({ state: 'failed' })
    expect(run?.error?.message).toContain('an event has no name')
  })
})

describe('a result that JSON cannot carry', () => {
  const cycle: Record<string, unknown> = { a: 1 }
  cycle.self = cycle
  it.each([
    ['bigint', { sum: { of: [1n] } }, 'a BigInt at sum.of[0]'],
    ['function', { go: () => 1 }, 'a function at go'],
    ['cycle', cycle, 'a cycle at self'],
    ['symbol', Symbol('x'), 'a symbol'],
    ['symbol-key', { a: { [Symbol('x')]: 1 } }, 'a key that is a symbol at a'],
    ['nan', { prices: [1, Number.NaN] }, 'NaN at prices[1]'],
    ['infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['minus', [Number.NEGATIVE_INFINITY], '-Infinity at [0]'],
    ['hole', { names: ['a', undefined] }, 'undefined at names[1]'],
    ['no-date', { at: new Date(Number.NaN) }, 'an invalid date at at'],
    ['map', new Map([['a', 1]]), 'an object of class Map'],
    ['set', { seen: new Set([1]) }, 'an object of class Set at seen'],
    ['regexp', { words: [/x/] }, 'an object of class RegExp at words[0]'],
    ['error', { cause: new TypeError('x') }, 'an object of class TypeError at cause'],
    ['promise', [Promise.resolve(1)], 'an object of class Promise at [0]'],
    [
      'instance',
      new (class Price {
        constructor(readonly minor = 1) {}
      })(),
      'an object of class Price',
    ],
    ['bytes', { page: new Uint8Array(2) }, 'binary data (Uint8Array) at page'],
    ['buffer', { page: Buffer.from('x') }, 'binary data (Buffer) at page'],
  ])('of a step (%s) fails it at once, with the place', async (kind, value, words) => {
    const run = await failing(`step-${kind}`, async ({ step }) => step.run('make', () => value))
    const message = `step make returned ${words}, which JSON cannot carry`
    expect(run).toMatchObject({ state: 'failed', error: { message } })
  })

  it('of a job fails it, with the place', async () => {
    const run = await failing('whole', async () => [{ n: 1n }])
    const message = 'job whole returned a BigInt at [0].n, which JSON cannot carry'
    expect(run).toMatchObject({ state: 'failed', error: { message } })
  })

  it('is none: dates, undefined, what says itself how it is written, one object twice', async () => {
    const client = jobs.client()
    const twice = { n: 1 }
    client.createFunction({ id: 'fine', triggers: [{ event: 'fine' }] }, async ({ step }) =>
      step.run('make', () => ({ at: new Date(0), nothing: undefined, list: [twice, twice] })),
    )
    await jobs.start(client)
    await client.send({ name: 'fine', data: {} })
    expect((await jobs.ended('fine'))[0]?.output).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [twice, twice] })
  })
})

describe('a step that only an Inngest server has', () => {
  // The models of `@inngest/ai` would do as well; what is asked does not matter here.
  const model = { url: 'http://127.0.0.1:9/', format: 'openai-chat', options: { model: 'x' } } as const
  const room = channel({ name: 'room', topics: { news: { schema: staticSchema<Record<string, unknown>>() } } })
  it.each<[string, string, (context: Steps) => Promise<unknown>]>([
    [
      'step.ai.infer',
      'ask',
      async ({ step }) => step.ai.infer('ask', { model: { ...model, authKey: '' }, body: { messages: [] } } as never),
    ],
    ['step.fetch', 'step.fetch: 127.0.0.1', async ({ step }) => step.fetch('http://127.0.0.1:9/')],
    [
      'step.waitForSignal',
      'wait',
      async ({ step }) => step.waitForSignal('wait', { signal: 's', timeout: '1h', onConflict: 'fail' }),
    ],
    ['step.realtime.publish', 'tell', async ({ step }) => step.realtime.publish('tell', room.news, {})],
  ])('%s fails the run by its name, at once', async (tool, name, work) => {
    const run = await failing(`needs-${tool.replaceAll('.', '-').toLowerCase()}`, work)
    const message = `the embedded engine has no ${tool} (step ${name})`
    expect(run).toMatchObject({ state: 'failed', error: { message } })
  })
})

describe('data for a job that is invoked', () => {
  it('over 512 kB fails that step, in words', async () => {
    const target = referenceFunction({ functionId: 'heavy' })
    const run = await failing('heavy', async ({ step }) =>
      step.invoke('ask', { function: target, data: { text: 'x'.repeat(512 * 1024) } }),
    )
    expect(run).toMatchObject({ error: { message: 'the data for gleaner-heavy is over 512 kB' } })
  })
})

describe('a job that is gone with a release', () => {
  it('fails the runs that were due an hour ago, says why, and leaves the others alone', async () => {
    const old = jobs.client()
    for (const id of ['gone', 'stays']) {
      old.createFunction({ id, triggers: [{ event: id }] }, async ({ step }) => {
        await step.sleep('nap', '2s')
        return 'done'
      })
    }
    const first = await jobs.start(old)
    await old.send(['gone', 'gone', 'stays'].map((name) => ({ name, data: {} })))
    await until(async () => (await jobs.runs('gone')).filter(({ state }) => state === 'sleeping').length === 2, 'sleep')
    await jobs.stop(first)
    const [due] = await jobs.runs('gone')
    await jobs.sql`update job_runs set due_at = now() - interval '61 minutes' where id = ${due?.id}`
    const next = jobs.client()
    next.createFunction({ id: 'stays', triggers: [{ event: 'stays' }] }, async ({ step }) => {
      await step.sleep('nap', '2s')
      return 'done'
    })
    await jobs.start(next)
    const [failed] = await jobs.ended('gone')
    expect(failed).toMatchObject({ id: due?.id, error: { message: 'no function gleaner-gone in this release' } })
    expect((await jobs.ended('stays'))[0]).toMatchObject({ state: 'completed', output: 'done' })
    expect((await jobs.runs('gone')).map(({ state }) => state).sort()).toEqual(['failed', 'sleeping'])
  })

  it('whoever invoked it is told, and goes on', async () => {
    const old = jobs.client()
    const child = old.createFunction({ id: 'gone-child' }, async ({ step }) => step.sleep('nap', '1h'))
    const asks = (client: typeof old) =>
      client.createFunction({ id: 'asks', triggers: [{ event: 'asks' }] }, async ({ step }) =>
        step.invoke('ask', { function: child }).catch((error: Error) => error.message),
      )
    asks(old)
    const first = await jobs.start(old)
    await old.send({ name: 'asks', data: {} })
    await until(async () => (await jobs.runs('gone-child'))[0]?.state === 'sleeping', 'the child to sleep')
    await jobs.stop(first)
    await jobs.sql`update job_runs set due_at = now() - interval '61 minutes' where function_id = 'gleaner-gone-child'`
    const next = jobs.client()
    asks(next)
    await jobs.start(next)
    expect((await jobs.ended('asks'))[0]?.output).toBe('no function gleaner-gone-child in this release')
  })
})
