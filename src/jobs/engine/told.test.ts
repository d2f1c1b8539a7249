import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import type { JobClient } from '../client'
import { callReleaseRuns, createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const FINISHED = 'inngest/function.finished'
const FAILED = 'inngest/function.failed'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Notes what it hears of one function. */
function listen(client: JobClient, id: string, event: string, of?: string): unknown[] {
  const heard: unknown[] = []
  const trigger = of === undefined ? { event } : { event, if: `event.data.function_id == 'gleaner-${of}'` }
  client.createFunction({ id, triggers: [trigger] }, async ({ event }) => heard.push(event.data))
  return heard
}

function define(client: JobClient, id: string, work: () => unknown, options: object = {}): void {
  client.createFunction({ id, triggers: [{ event: id }], retries: 0, ...options }, async () => work())
}

function stored(name: string) {
  return jobs.sql<{ payload: string }>`select payload from job_events where name = ${name}`
}

describe('inngest/function.finished', () => {
  it('is not even stored while nobody listens', async () => {
    const client = jobs.client()
    define(client, 'unheard', () => 1)
    await jobs.start(client)
    await client.send({ name: 'unheard', data: {} })
    await jobs.ended('unheard')
    expect(await stored(FINISHED)).toHaveLength(0)
  })

  it('tells a function of each end with its result or its error, once', async () => {
    const client = jobs.client()
    define(client, 'well', () => ({ n: 7 }))
    define(client, 'ill', () => Promise.reject(new Error('no luck')))
    const [well, ill] = [listen(client, 'hears-well', FINISHED, 'well'), listen(client, 'hears-ill', FINISHED, 'ill')]
    await jobs.start(client)
    await client.send([
      { name: 'well', data: { a: 1 } },
      { name: 'ill', data: {} },
    ])
    await Promise.all([jobs.ended('hears-well'), jobs.ended('hears-ill')])
    const [run] = await jobs.runs('well')
    expect(well).toMatchObject([{ run_id: run?.id, result: { n: 7 }, event: { name: 'well', data: { a: 1 } } }])
    expect(ill).toMatchObject([{ function_id: 'gleaner-ill', error: { name: 'Error', message: 'no luck' } }])
  })

  it('tells nobody of the end of what it began itself, so that no listener goes on for ever', async () => {
    const client = jobs.client()
    define(client, 'first', () => 1)
    const heard = listen(client, 'hears-all', FINISHED)
    await jobs.start(client)
    await client.send({ name: 'first', data: {} })
    await jobs.ended('hears-all')
    await pause(300)
    expect(heard).toHaveLength(1)
    expect(await jobs.runs('hears-all')).toHaveLength(1)
  })

  it('reaches a step that waits for the end of another run, also of one that ends by the short way', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'awaits', triggers: [{ event: 'awaits' }] }, async ({ step }) => {
      const match = `async.data.function_id == 'gleaner-awaited'`
      const ended = await step.waitForEvent('end', { event: FINISHED, if: match, timeout: '1m' })
      return ended?.data.result
    })
    define(client, 'awaited', () => 'done')
    await jobs.start(client)
    await client.send({ name: 'awaits', data: {} })
    await until(async () => (await jobs.runs('awaits'))[0]?.state === 'sleeping', 'the run to wait')
    await client.send({ name: 'awaited', data: {} })
    expect((await jobs.ended('awaits'))[0]?.output).toBe('done')
  })

  it('names the step that invoked the run', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'child' }, async () => 5)
    client.createFunction({ id: 'parent', triggers: [{ event: 'parent' }] }, ({ step }) =>
      step.invoke('ask', { function: child }),
    )
    const heard = listen(client, 'hears-child', FINISHED, 'child')
    await jobs.start(client)
    await client.send({ name: 'parent', data: {} })
    await jobs.ended('hears-child')
    const [parent] = await jobs.runs('parent')
    expect(heard).toMatchObject([{ result: 5, correlation_id: expect.stringMatching(`^${parent?.id}\\.`) }])
  })
})

describe('inngest/function.failed', () => {
  it('reaches a step that waits for it', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'worries', triggers: [{ event: 'worries' }] }, async ({ step }) => {
      const failed = await step.waitForEvent('failure', { event: FAILED, timeout: '1m' })
      return failed?.data.error.message
    })
    define(client, 'fails', () => Promise.reject(new Error('as feared')))
    await jobs.start(client)
    await client.send({ name: 'worries', data: {} })
    await until(async () => (await jobs.runs('worries'))[0]?.state === 'sleeping', 'the run to wait')
    await client.send({ name: 'fails', data: {} })
    expect((await jobs.ended('worries'))[0]?.output).toBe('as feared')
  })

  it('a listener that fails itself is not told of itself', async () => {
    const client = jobs.client()
    define(client, 'breaks', () => Promise.reject(new Error('one')))
    client.createFunction({ id: 'breaks-too', triggers: [{ event: FAILED }], retries: 0 }, () => {
      throw new Error('two')
    })
    await jobs.start(client)
    await client.send({ name: 'breaks', data: {} })
    await jobs.ended('breaks-too')
    await pause(300)
    expect(await jobs.runs('breaks-too')).toHaveLength(1)
  })
})

describe('inngest/function.cancelled', () => {
  it('comes with function.finished, and a listener that is cancelled is not told of itself', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'naps', triggers: [{ event: 'naps' }] }, ({ step }) => step.sleep('nap', '1h'))
    const options = { id: 'naps-on', triggers: [{ event: 'inngest/function.cancelled' }] }
    client.createFunction(options, ({ step }) => step.sleep('nap', '1h'))
    const heard = listen(client, 'hears-naps', FINISHED, 'naps')
    await jobs.start(client)
    await client.send({ name: 'naps', data: {} })
    for (const job of ['naps', 'naps-on']) {
      await until(async () => (await jobs.runs(job))[0]?.state === 'sleeping', `${job} to sleep`)
      await callReleaseRuns(test, [(await jobs.runs(job))[0]?.id ?? ''])
    }
    await jobs.ended('hears-naps')
    await pause(300)
    expect(heard).toMatchObject([{ error: { message: 'function cancelled' } }])
    expect(await jobs.runs('naps-on')).toHaveLength(1)
  })
})

describe('inngest/function.invoked', () => {
  it('reaches a step that waits for it, with what was invoked', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'called' }, async () => 1)
    client.createFunction({ id: 'calls', triggers: [{ event: 'calls' }] }, ({ step }) =>
      step.invoke('ask', { function: child, data: { n: 3 } }),
    )
    client.createFunction({ id: 'overhears', triggers: [{ event: 'overhears' }] }, async ({ step }) => {
      const invoked = await step.waitForEvent('call', { event: 'inngest/function.invoked', timeout: '1m' })
      return invoked?.data
    })
    await jobs.start(client)
    await client.send({ name: 'overhears', data: {} })
    await until(async () => (await jobs.runs('overhears'))[0]?.state === 'sleeping', 'the run to wait')
    await client.send({ name: 'calls', data: {} })
    expect((await jobs.ended('overhears'))[0]?.output).toMatchObject({ n: 3, _inngest: { fn_id: 'gleaner-called' } })
    expect(await jobs.runs('called')).toHaveLength(1)
  })
})
