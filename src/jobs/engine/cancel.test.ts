import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { cancelRun } from '../cancel-run'
import type { JobClient } from '../client'
import type { JobsDesk } from '../desk'
import { retryRun } from '../retry-run'
import { createHandler } from './handler'
import { readRegistry } from './registry'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function inState(job: string, state: string, count = 1): Promise<void> {
  const have = async () => (await jobs.runs(job)).filter((run) => run.state === state).length
  await until(async () => (await have()) === count, `${count} runs of ${job} to be ${state}`)
}

async function cancelAll(job: string): Promise<void> {
  for (const { id } of await jobs.runs(job)) await cancelRun(test, id, 'command line')
}

/** A job that sleeps for an hour, with the events that cancel it. */
function sleeper(id: string, cancelOn?: { event: string; if?: string; timeout?: '1s' }[]): JobClient {
  const client = jobs.client()
  const cancels = cancelOn ? { cancelOn: cancelOn as { event: string }[] } : {}
  client.createFunction({ id, triggers: [{ event: `${id}/begin` }], ...cancels }, async ({ step }) => {
    await step.sleep('nap', '1h')
  })
  return client
}

describe('cancelOn', () => {
  it('an event that matches ends a sleeping run, and no other', async () => {
    const client = jobs.client()
    client.createFunction(
      {
        id: 'remind',
        triggers: [{ event: 'remind/begin' }],
        cancelOn: [{ event: 'remind/deleted', match: 'data.id' }],
      },
      async ({ step }) => {
        await step.sleep('until then', '1h')
      },
    )
    await jobs.start(client)
    await client.send([1, 2, 3].map((id) => ({ name: 'remind/begin', data: { id } })))
    await inState('remind', 'sleeping', 3)
    await client.send({ name: 'remind/deleted', data: { id: 2 } })
    await inState('remind', 'cancelled')
    await pause(50)
    await inState('remind', 'sleeping', 2)
    const waits =
      await jobs.sql`select 1 from job_waits w join job_runs r on r.id = w.run_id where r.state = 'cancelled'`
    expect(waits).toHaveLength(0)
  })

  it('reads both events by its expression', async () => {
    const client = sleeper('cond', [{ event: 'cond/stop', if: 'async.data.id == event.data.id && async.data.sure' }])
    await jobs.start(client)
    await client.send({ name: 'cond/begin', data: { id: 'a' } })
    await inState('cond', 'sleeping')
    await client.send({ name: 'cond/stop', data: { id: 'a', sure: false } })
    await client.send({ name: 'cond/stop', data: { id: 'b', sure: true } })
    await pause(150)
    await inState('cond', 'sleeping')
    await client.send({ name: 'cond/stop', data: { id: 'a', sure: true } })
    await inState('cond', 'cancelled')
  })

  it('holds only for its time', async () => {
    const client = sleeper('timed', [{ event: 'timed/stop', timeout: '1s' }])
    await jobs.start(client)
    await client.send({ name: 'timed/begin', data: {} })
    await inState('timed', 'sleeping')
    await pause(1100)
    await client.send({ name: 'timed/stop', data: {} })
    await pause(200)
    await inState('timed', 'sleeping')
  })

  it('ends a run that waits in the line of a full place, and the place goes to the next', async () => {
    const client = jobs.client()
    const done: unknown[] = []
    let release: () => void = () => undefined
    client.createFunction(
      {
        id: 'lined',
        triggers: [{ event: 'lined/begin' }],
        concurrency: 1,
        cancelOn: [{ event: 'lined/stop', match: 'data.n' }],
      },
      async ({ event, step }) =>
        step.run('work', async () => {
          done.push(event.data.n)
          if (event.data.n !== 1) return
          await new Promise<void>((resolve) => {
            release = resolve
          })
        }),
    )
    await jobs.start(client)
    await client.send({ name: 'lined/begin', data: { n: 1 } })
    await until(() => done.length === 1, 'the first')
    await client.send([2, 3].map((n) => ({ name: 'lined/begin', data: { n } })))
    await until(async () => (await jobs.runs('lined')).length === 3, 'the line')
    await client.send({ name: 'lined/stop', data: { n: 2 } })
    await inState('lined', 'cancelled')
    release()
    await jobs.ended('lined', 2)
    expect(done).toEqual([1, 3])
  })

  it('an event that begins a run does not cancel it', async () => {
    const client = sleeper('own', [{ event: 'own/begin' }])
    await jobs.start(client)
    await client.send({ name: 'own/begin', data: {} })
    await inState('own', 'sleeping')
    await client.send({ name: 'own/begin', data: {} })
    await inState('own', 'cancelled')
    await inState('own', 'sleeping')
  })

  it('a wrong expression is refused at boot, with the function and the option', async () => {
    await expect(jobs.start(sleeper('bad', [{ event: 'x', if: 'async.data.id =' }]))).rejects.toThrow(
      'function gleaner-bad: cancelOn: expression "async.data.id ="',
    )
  })
})

describe('a run that is cancelled by hand', () => {
  it('lets its present step end, and begins no other', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'working', triggers: [{ event: 'working' }] }, async ({ step }) => {
      await step.run('one', async () => {
        calls.push('one begins')
        await pause(300)
        calls.push('one ends')
      })
      await step.run('two', () => calls.push('two'))
    })
    await jobs.start(client)
    await client.send({ name: 'working', data: {} })
    await until(() => calls.length === 1, 'the step')
    await cancelAll('working')
    await until(() => calls.length === 2, 'the step to end')
    await pause(150)
    expect(calls).toEqual(['one begins', 'one ends'])
    expect((await jobs.runs('working'))[0]).toMatchObject({
      state: 'cancelled',
      error: { message: 'function cancelled' },
    })
  })

  it('is told to whoever listens to inngest/function.cancelled, once', async () => {
    const client = sleeper('told')
    const heard: unknown[] = []
    const mine = `event.data.function_id == 'gleaner-told'`
    client.createFunction(
      { id: 'cleans', triggers: [{ event: 'inngest/function.cancelled', if: mine }] },
      async ({ event }) => {
        heard.push([event.data.run_id, event.data.error, event.data.event.data])
      },
    )
    await jobs.start(client)
    await client.send({ name: 'told/begin', data: { n: 1 } })
    await inState('told', 'sleeping')
    await cancelAll('told')
    await jobs.ended('cleans')
    const [run] = await jobs.runs('told')
    expect(heard).toEqual([[run?.id, { name: 'Error', message: 'function cancelled' }, { n: 1 }]])
  })

  it('cannot be cancelled again, nor can one that is not there', async () => {
    const client = sleeper('twice')
    await jobs.start(client)
    await client.send({ name: 'twice/begin', data: {} })
    await inState('twice', 'sleeping')
    const [run] = await jobs.runs('twice')
    const both = await Promise.allSettled([
      cancelRun(test, run?.id ?? '', 'command line'),
      cancelRun(test, run?.id ?? '', 'command line'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(cancelRun(test, run?.id ?? '', 'command line')).rejects.toMatchObject({
      code: 'conflict',
      reason: 'jobs.ended',
    })
    await expect(cancelRun(test, newId(), 'command line')).rejects.toMatchObject({
      code: 'not_found',
      reason: 'jobs.noRun',
    })
  })

  it('is not taken up again by the engine that comes after', async () => {
    const client = sleeper('later')
    const first = await jobs.start(client)
    await client.send({ name: 'later/begin', data: {} })
    await inState('later', 'sleeping')
    await jobs.stop(first)
    await cancelAll('later')
    await jobs.start(client)
    await pause(300)
    await inState('later', 'cancelled')
  })
})

describe('timeouts', () => {
  it('a run that waits too long for its start is cancelled', async () => {
    const client = jobs.client()
    let [begun, release]: [number, () => void] = [0, () => undefined]
    client.createFunction(
      { id: 'queued', triggers: [{ event: 'queued' }], concurrency: 1, timeouts: { start: '1s' } },
      async ({ step }) =>
        step.run('work', async () => {
          begun += 1
          await new Promise<void>((resolve) => {
            release = resolve
          })
        }),
    )
    await jobs.start(client)
    await client.send([1, 2].map((n) => ({ name: 'queued', data: { n } })))
    await until(() => begun === 1, 'the first')
    await pause(1100)
    release()
    await inState('queued', 'cancelled')
    expect((await jobs.runs('queued')).map(({ state }) => state).sort()).toEqual(['cancelled', 'completed'])
    expect(begun).toBe(1)
  })

  it('a run that takes too long is cancelled before its next step', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction(
      { id: 'long', triggers: [{ event: 'long' }], timeouts: { finish: '1s' } },
      async ({ step }) => {
        await step.run('one', () => calls.push('one'))
        await step.sleep('nap', '2s')
        await step.run('two', () => calls.push('two'))
      },
    )
    await jobs.start(client)
    await client.send({ name: 'long', data: {} })
    await inState('long', 'cancelled')
    expect(calls).toEqual(['one'])
  })

  it('a run that sleeps or waits is cancelled at that time, not when it would wake', async () => {
    const client = jobs.client()
    const timeouts = { finish: '1s' } as const
    client.createFunction({ id: 'sleepy', triggers: [{ event: 'sleepy' }], timeouts }, ({ step }) =>
      step.sleep('nap', '1h'),
    )
    client.createFunction({ id: 'patient', triggers: [{ event: 'sleepy' }], timeouts }, ({ step }) =>
      step.waitForEvent('never', { event: 'never/sent', timeout: '1h' }),
    )
    await jobs.start(client)
    await client.send({ name: 'sleepy', data: {} })
    await Promise.all([inState('sleepy', 'cancelled'), inState('patient', 'cancelled')])
    const waits = await jobs.sql`select from job_waits where event = 'never/sent'`
    expect(waits.count).toBe(0)
  })
})

describe('a run that is begun again', () => {
  function deskOf(client: JobClient): JobsDesk {
    const registry = () => readRegistry(createHandler(client, client.funcs), client.funcs)
    return { mode: 'embedded', dashboard: null, registry }
  }

  it('is a new run with the same event that names the old one, and all its steps run', async () => {
    const client = jobs.client()
    const calls: unknown[] = []
    let broken = true
    client.createFunction({ id: 'mended', triggers: [{ event: 'mended' }], retries: 0 }, async ({ event, step }) => {
      await step.run('one', () => calls.push(event.data.n))
      if (broken) throw new Error('broken')
      return 'whole'
    })
    await jobs.start(client)
    await client.send({ name: 'mended', data: { n: 5 } })
    const [old] = await jobs.ended('mended')
    broken = false
    const id = await retryRun({ db: test.db, jobs: deskOf(client) }, old?.id ?? '', 'command line')
    const runs = await jobs.ended('mended', 2)
    expect(runs.map(({ state }) => state)).toEqual(['failed', 'completed'])
    expect(runs[1]).toMatchObject({ id, output: 'whole' })
    expect(calls).toEqual([5, 5])
    const [again] = await jobs.sql<{ of: string }>`select retry_of as of from job_runs where id = ${id}`
    expect(again?.of).toBe(old?.id)
  })

  it('hears of its cancellation like the first', async () => {
    const client = sleeper('anew', [{ event: 'anew/stop' }])
    await jobs.start(client)
    await client.send({ name: 'anew/begin', data: {} })
    await inState('anew', 'sleeping')
    await client.send({ name: 'anew/stop', data: {} })
    await inState('anew', 'cancelled')
    await retryRun({ db: test.db, jobs: deskOf(client) }, (await jobs.runs('anew'))[0]?.id ?? '', 'command line')
    await inState('anew', 'sleeping')
    await client.send({ name: 'anew/stop', data: {} })
    await inState('anew', 'cancelled', 2)
  })

  it('is refused for a run that goes on, is not there, or whose job is gone', async () => {
    const client = sleeper('kept')
    await jobs.start(client)
    await client.send({ name: 'kept/begin', data: {} })
    await inState('kept', 'sleeping')
    const id = (await jobs.runs('kept'))[0]?.id ?? ''
    const deps = { db: test.db, jobs: deskOf(client) }
    await expect(retryRun(deps, id, 'command line')).rejects.toMatchObject({
      code: 'conflict',
      reason: 'jobs.notEnded',
    })
    await expect(retryRun(deps, newId(), 'command line')).rejects.toMatchObject({
      code: 'not_found',
      reason: 'jobs.noRun',
    })
    await cancelRun(test, id, 'command line')
    const empty = { db: test.db, jobs: deskOf(jobs.client()) }
    await expect(retryRun(empty, id, 'command line')).rejects.toMatchObject({
      code: 'not_found',
      reason: 'jobs.noFunction',
    })
  })
})
