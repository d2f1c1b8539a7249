import { NonRetriableError, referenceFunction } from 'inngest'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { cancelRun } from '../cancel-run'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A trigger that types the data; jobs without any may be invoked too. */
const NEVER = [{ event: 'never/sent' } as const]

function timesTwo({ n }: { readonly n?: unknown }): number {
  return Number(n) * 2
}

function textOf({ text }: { readonly text?: unknown }): string {
  return String(text)
}

/** What a caught step error tells. */
function words(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

describe('step.invoke', () => {
  it('runs another job with the data and answers what it returned', async () => {
    const client = jobs.client()
    const square = client.createFunction(
      { id: 'square', triggers: [{ event: 'never/sent' }] },
      async ({ event, step }) => {
        const n = await step.run('read', () => Number(event.data.n))
        return { result: n * n, name: event.name }
      },
    )
    client.createFunction({ id: 'asks', triggers: [{ event: 'asks' }] }, async ({ step }) => {
      const four = await step.invoke('by instance', { function: square, data: { n: 2 } })
      const nine = await step.invoke('by id', { function: referenceFunction({ functionId: 'square' }), data: { n: 3 } })
      return [four, nine]
    })
    await jobs.start(client)
    await client.send({ name: 'asks', data: {} })
    const [run] = await jobs.ended('asks')
    const name = 'inngest/function.invoked'
    expect(run?.output).toEqual([
      { result: 4, name },
      { result: 9, name },
    ])
    const linked =
      await jobs.sql`select 1 from job_runs where parent_run_id = ${run?.id ?? ''} and parent_hash is not null`
    expect(linked).toHaveLength(2)
  })

  it('begins no other job that listens for an event, and needs no trigger', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'bare' }, async () => 'bare')
    let heard = 0
    client.createFunction({ id: 'listens', triggers: [{ event: 'other' }] }, async () => {
      heard += 1
    })
    client.createFunction({ id: 'asks-bare', triggers: [{ event: 'asks-bare' }] }, async ({ step }) =>
      step.invoke('ask', { function: child }),
    )
    await jobs.start(client)
    await client.send({ name: 'asks-bare', data: {} })
    expect((await jobs.ended('asks-bare'))[0]?.output).toBe('bare')
    expect(heard).toBe(0)
  })

  it('a job that fails is an error which the caller can catch, told once', async () => {
    const client = jobs.client()
    let tries = 0
    const child = client.createFunction({ id: 'fails', retries: 1 }, async () => {
      tries += 1
      throw new TypeError('bad child')
    })
    client.createFunction({ id: 'catches', triggers: [{ event: 'catches' }] }, async ({ step }) => {
      const told = await step.invoke('ask', { function: child }).catch((error: Error) => error.message)
      return step.run('after', () => told)
    })
    await jobs.start(client)
    await client.send({ name: 'catches', data: {} })
    expect((await jobs.ended('catches'))[0]).toMatchObject({ state: 'completed', output: 'bad child' })
    expect(tries).toBe(2)
  })

  it('uncaught, it fails the caller with its words', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'final' }, async () => {
      throw new NonRetriableError('no such thing')
    })
    client.createFunction({ id: 'lets', triggers: [{ event: 'lets' }] }, async ({ step }) =>
      step.invoke('ask', { function: child }),
    )
    await jobs.start(client)
    await client.send({ name: 'lets', data: {} })
    expect((await jobs.ended('lets'))[0]).toMatchObject({ state: 'failed', error: { message: 'no such thing' } })
  })

  it('after its timeout the caller goes on with an error, and the other job to its end', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'slow' }, async ({ step }) => {
      await step.sleep('nap', '3s')
      return 'late'
    })
    client.createFunction({ id: 'hurries', triggers: [{ event: 'hurries' }] }, async ({ step }) =>
      step.invoke('ask', { function: child, timeout: '1s' }).catch(words),
    )
    await jobs.start(client)
    await client.send({ name: 'hurries', data: {} })
    expect((await jobs.ended('hurries'))[0]?.output).toContain('Timed out waiting for invoked function to complete')
    expect((await jobs.ended('slow'))[0]).toMatchObject({ state: 'completed', output: 'late' })
    await pause(100)
    expect((await jobs.runs('hurries'))[0]?.state).toBe('completed')
  })

  it('of a job that nobody knows fails at that step, by its name', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'lost', triggers: [{ event: 'lost' }] }, async ({ step }) =>
      step.invoke('ask', { function: referenceFunction({ functionId: 'nobody' }) }),
    )
    await jobs.start(client)
    await client.send({ name: 'lost', data: {} })
    const [run] = await jobs.ended('lost')
    expect(run).toMatchObject({ state: 'failed', error: { message: 'there is no function gleaner-nobody to invoke' } })
  })

  it('several at once, beside a wait and a sleep, all answer', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'double', triggers: NEVER, concurrency: 2 }, async ({ event, step }) =>
      step.run('work', async () => {
        await pause(10)
        return timesTwo(event.data)
      }),
    )
    client.createFunction({ id: 'fans', triggers: [{ event: 'fans' }] }, async ({ step }) => {
      const asked = Array.from({ length: 10 }, (_, n) => step.invoke(`ask ${n}`, { function: child, data: { n } }))
      const rest = [step.sleep('nap', '1s'), step.waitForEvent('wait', { event: 'never', timeout: '1s' })]
      const [answers] = await Promise.all([Promise.all(asked), ...rest])
      return answers
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send({ name: 'fans', data: {} })
    expect((await jobs.ended('fans'))[0]?.output).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18])
    expect(await jobs.runs('double')).toHaveLength(10)
  })

  it('a job may invoke one that invokes', async () => {
    const client = jobs.client()
    const inner = client.createFunction({ id: 'inner', triggers: NEVER }, async ({ event }) => `${textOf(event.data)}!`)
    const middle = client.createFunction({ id: 'middle', triggers: NEVER }, async ({ event, step }) =>
      step.invoke('deeper', { function: inner, data: { text: `${textOf(event.data)}?` } }),
    )
    client.createFunction({ id: 'outer', triggers: [{ event: 'outer' }] }, async ({ step }) =>
      step.invoke('deep', { function: middle, data: { text: 'a' } }),
    )
    await jobs.start(client)
    await client.send({ name: 'outer', data: {} })
    expect((await jobs.ended('outer'))[0]?.output).toBe('a?!')
  })

  it('an invoked job that is cancelled is an error for the caller', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'cancelled-child' }, async ({ step }) => step.sleep('nap', '1h'))
    client.createFunction({ id: 'waits-for', triggers: [{ event: 'waits-for' }] }, async ({ step }) =>
      step.invoke('ask', { function: child }).catch((error: Error) => error.message),
    )
    await jobs.start(client)
    await client.send({ name: 'waits-for', data: {} })
    await until(async () => (await jobs.runs('cancelled-child'))[0]?.state === 'sleeping', 'the child to sleep')
    await cancelRun(test, (await jobs.runs('cancelled-child'))[0]?.id ?? '', 'command line')
    expect((await jobs.ended('waits-for'))[0]?.output).toBe('function cancelled')
  })

  it('a caller that is cancelled leaves the other job to its end', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'goes-on' }, async ({ step }) => {
      await step.sleep('nap', '1s')
      return 'done'
    })
    client.createFunction({ id: 'leaves', triggers: [{ event: 'leaves' }] }, async ({ step }) =>
      step.invoke('ask', { function: child }),
    )
    await jobs.start(client)
    await client.send({ name: 'leaves', data: {} })
    await until(async () => (await jobs.runs('goes-on')).length === 1, 'the child')
    await cancelRun(test, (await jobs.runs('leaves'))[0]?.id ?? '', 'command line')
    expect((await jobs.ended('goes-on'))[0]).toMatchObject({ state: 'completed', output: 'done' })
    expect((await jobs.runs('leaves'))[0]?.state).toBe('cancelled')
  })

  it('a caller whose process died before the call was stored invokes once', async () => {
    const client = jobs.client()
    const child = client.createFunction({ id: 'once' }, async () => 'once')
    let calls = 0
    client.createFunction({ id: 'retold', triggers: [{ event: 'retold' }] }, async ({ step }) => {
      calls += 1
      // As if its process had died between the answer and its storage.
      if (calls === 1) {
        await jobs.sql`
          update job_runs set lease_id = ${newId()}, worker_id = ${newId()} where function_id = 'gleaner-retold'`
      }
      return step.invoke('ask', { function: child })
    })
    await jobs.start(client)
    await client.send({ name: 'retold', data: {} })
    expect((await jobs.ended('retold'))[0]?.output).toBe('once')
    expect(await jobs.runs('once')).toHaveLength(1)
  })
})
