import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('several engines on one database', () => {
  it('share the runs, and none is driven by two', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'shared', triggers: [{ event: 'shared' }] }, async ({ step, runId }) => {
      for (let at = 0; at < 3; at += 1) {
        await step.run(`step ${at}`, async () => {
          calls.push(`${runId} ${at}`)
          await pause(5)
        })
      }
    })
    await Promise.all([jobs.start(client, { concurrency: 3 }), jobs.start(client, { concurrency: 3 })])
    await client.send(Array.from({ length: 40 }, () => ({ name: 'shared', data: {} })))
    const runs = await jobs.ended('shared', 40)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    expect(calls).toHaveLength(120)
    expect(new Set(calls).size).toBe(120)
  })

  it('an event that is sent where no engine runs reaches the engine of another process', async () => {
    const worker = jobs.client()
    worker.createFunction({ id: 'elsewhere', triggers: [{ event: 'elsewhere' }] }, async ({ event }) => event.data.n)
    await jobs.start(worker)
    await jobs.client().send({ name: 'elsewhere', data: { n: 5 } })
    expect((await jobs.ended('elsewhere'))[0]?.output).toBe(5)
  })

  it('a concurrency limit with a key is never exceeded, and each key has its own', async () => {
    const client = jobs.client()
    const now: Record<string, number> = {}
    const most: Record<string, number> = {}
    let mostInAll = 0
    client.createFunction(
      {
        id: 'limited',
        triggers: [{ event: 'limited' }],
        concurrency: [{ limit: 2, key: 'event.data.host' }],
        retries: 3,
      },
      async ({ event, step, attempt }) => {
        const host = String(event.data.host)
        for (const name of ['one', 'two']) {
          await step.run(name, async () => {
            now[host] = (now[host] ?? 0) + 1
            most[host] = Math.max(most[host] ?? 0, now[host])
            mostInAll = Math.max(
              mostInAll,
              Object.values(now).reduce((sum, n) => sum + n, 0),
            )
            await pause(15)
            now[host] -= 1
            if (event.data.fails && attempt === 0) throw new Error('once')
          })
          if (name === 'one' && event.data.naps) await step.sleep('nap', '1s')
        }
      },
    )
    await Promise.all([jobs.start(client), jobs.start(client)])
    const events = Array.from({ length: 36 }, (_, n) => ({
      name: 'limited',
      data: { host: `h${n % 3}`, fails: n % 5 === 0, naps: n % 7 === 0 },
    }))
    await client.send(events)
    const runs = await jobs.ended('limited', 36)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    expect(most).toEqual({ h0: 2, h1: 2, h2: 2 })
    expect(mostInAll).toBeGreaterThan(2)
  })

  it('a limit without a key holds for the whole function, and all that wait get their turn', async () => {
    const client = jobs.client()
    const order: unknown[] = []
    let [now, most] = [0, 0]
    client.createFunction({ id: 'alone', triggers: [{ event: 'alone' }], concurrency: 1 }, async ({ event, step }) => {
      await step.run('work', async () => {
        now += 1
        most = Math.max(most, now)
        order.push(event.data.n)
        await pause(10)
        now -= 1
      })
    })
    await jobs.start(client)
    await client.send([1, 2, 3, 4, 5, 6].map((n) => ({ name: 'alone', data: { n } })))
    await jobs.ended('alone', 6)
    expect([...order].sort()).toEqual([1, 2, 3, 4, 5, 6])
    expect(most).toBe(1)
    expect(await waitingOn('1:gleaner-alone/0/')).toBe(0)
  })

  it('what a turn does after its run was taken over does not count', async () => {
    const client = jobs.client()
    let [begun, release]: [number, () => void] = [0, () => undefined]
    client.createFunction({ id: 'fenced', triggers: [{ event: 'fenced' }] }, async ({ step }) =>
      step.run('slow', async () => {
        begun += 1
        if (begun > 1) return 'second'
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return 'first'
      }),
    )
    await jobs.start(client)
    await client.send({ name: 'fenced', data: {} })
    await until(() => begun === 1, 'the first try')
    // As if the worker that holds it were gone.
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-fenced'`
    const [run] = await jobs.ended('fenced')
    release()
    await pause(200)
    expect(run).toMatchObject({ state: 'completed', output: 'second' })
    expect((await jobs.runs('fenced'))[0]).toMatchObject({ state: 'completed', output: 'second' })
  })
})

describe('an engine that is stopped', () => {
  it('ends the present step, and another goes on with the next', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'handed', triggers: [{ event: 'handed' }] }, async ({ step }) => {
      await step.run('one', async () => {
        calls.push('one')
        await pause(300)
      })
      await step.run('two', () => calls.push('two'))
    })
    const first = await jobs.start(client)
    await client.send({ name: 'handed', data: {} })
    await until(() => calls.includes('one'), 'the first step')
    await jobs.stop(first)
    expect(calls).toEqual(['one'])
    await jobs.start(client)
    await jobs.ended('handed')
    expect(calls).toEqual(['one', 'two'])
  })

  it('is gone within five seconds even when a step does not end, and the run is not lost', async () => {
    const client = jobs.client()
    let tries = 0
    client.createFunction({ id: 'stuck', triggers: [{ event: 'stuck' }] }, async ({ step }) => {
      await step.run('hang', () => {
        tries += 1
        return tries === 1 ? new Promise<void>(() => undefined) : undefined
      })
    })
    const first = await jobs.start(client)
    await client.send({ name: 'stuck', data: {} })
    await until(() => tries === 1, 'the step')
    const began = Date.now()
    await jobs.stop(first)
    expect(Date.now() - began).toBeLessThan(5000)
    await jobs.start(client)
    expect((await jobs.ended('stuck'))[0]?.state).toBe('completed')
  })

  it('a sleeping run wakes under the next engine', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'slept', triggers: [{ event: 'slept' }] }, async ({ step }) => {
      await step.sleep('nap', '1s')
      return 'awake'
    })
    const first = await jobs.start(client)
    await client.send({ name: 'slept', data: {} })
    await until(async () => (await jobs.runs('slept'))[0]?.state === 'sleeping', 'the run to sleep')
    await jobs.stop(first)
    await jobs.start(client)
    expect((await jobs.ended('slept'))[0]?.output).toBe('awake')
  })

  it('connections that are cut in the middle lose nothing', async () => {
    const client = jobs.client()
    let steps = 0
    client.createFunction({ id: 'cut', triggers: [{ event: 'cut' }] }, async ({ step }) => {
      for (let at = 0; at < 10; at += 1) {
        await step.run(`step ${at}`, async () => {
          steps += 1
          await pause(20)
        })
      }
      return 'whole'
    })
    await jobs.start(client)
    await client.send(Array.from({ length: 5 }, () => ({ name: 'cut', data: {} })))
    for (const least of [5, 20, 35]) {
      await until(() => steps >= least, `${least} steps`)
      await jobs.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name in ('gleaner jobs', 'gleaner queue')`
    }
    const runs = await jobs.ended('cut', 5)
    expect(runs.map(({ output }) => output)).toEqual(Array(5).fill('whole'))
  })
})

async function waitingOn(slot: string): Promise<number> {
  const rows = await jobs.sql`select 1 from job_runs where blocked_on = ${slot}`
  return rows.length
}
