import { NonRetriableError, RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('a run’s life', () => {
  it('an event begins a run with its data, and the run keeps what the job returned', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'plain', triggers: [{ event: 'plain' }] }, async ({ event, runId, attempt }) => ({
      got: event.data,
      name: event.name,
      attempt,
      runId,
    }))
    await jobs.start(client)
    await client.send({ name: 'plain', data: { a: [1, 'ż', null] } })
    const [run] = await jobs.ended('plain')
    expect(run?.output).toEqual({ got: { a: [1, 'ż', null] }, name: 'plain', attempt: 0, runId: run?.id })
  })

  it('steps run once each, in order, and hand on what they returned', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'steps', triggers: [{ event: 'steps' }] }, async ({ step }) => {
      const one = await step.run('one', () => {
        calls.push('one')
        return { n: 1, nul: '\u0000' }
      })
      const two = await step.run('two', () => {
        calls.push('two')
        return one.n + 1
      })
      return [one, two]
    })
    await jobs.start(client)
    await client.send({ name: 'steps', data: {} })
    const [run] = await jobs.ended('steps')
    expect(run?.output).toEqual([{ n: 1, nul: '\u0000' }, 2])
    expect(calls).toEqual(['one', 'two'])
  })

  it('a loop may use one step id again and again', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'loop', triggers: [{ event: 'loop' }] }, async ({ step }) => {
      const seen: number[] = []
      for (let at = 0; at < 5; at += 1) seen.push(await step.run('again', () => at * 10))
      return seen
    })
    await jobs.start(client)
    await client.send({ name: 'loop', data: {} })
    expect((await jobs.ended('loop'))[0]?.output).toEqual([0, 10, 20, 30, 40])
  })

  it('parallel steps each run once, also when one of them is tried again', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'parallel', triggers: [{ event: 'parallel' }] }, async ({ step }) => {
      const both = await Promise.all([
        step.run('left', () => {
          calls.push('left')
          if (calls.filter((call) => call === 'left').length === 1) throw new Error('first try')
          return 'l'
        }),
        step.run('right', () => {
          calls.push('right')
          return 'r'
        }),
      ])
      return step.run('after', () => both.join(''))
    })
    await jobs.start(client)
    await client.send({ name: 'parallel', data: {} })
    expect((await jobs.ended('parallel'))[0]?.output).toBe('lr')
    expect(calls.sort()).toEqual(['left', 'left', 'right'])
  })

  it('two jobs of one event each get a run, and a condition keeps a third away', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'both-a', triggers: [{ event: 'both' }] }, async () => 'a')
    client.createFunction({ id: 'both-b', triggers: [{ event: 'both', if: `event.data.to == 'b'` }] }, async () => 'b')
    client.createFunction({ id: 'both-c', triggers: [{ event: 'both', if: `event.data.to == 'c'` }] }, async () => 'c')
    await jobs.start(client)
    await client.send({ name: 'both', data: { to: 'b' } })
    expect((await jobs.ended('both-a'))[0]?.output).toBe('a')
    expect((await jobs.ended('both-b'))[0]?.output).toBe('b')
    expect(await jobs.runs('both-c')).toEqual([])
  })

  it('an event that a step sends begins its run once', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'sender', triggers: [{ event: 'relay' }] }, async ({ step }) => {
      const { ids } = await step.sendEvent('send', [
        { name: 'relayed', data: { n: 1 } },
        { name: 'relayed', data: { n: 2 } },
      ])
      await step.run('fail once', () => undefined)
      return ids.length
    })
    client.createFunction({ id: 'receiver', triggers: [{ event: 'relayed' }] }, async ({ event }) => event.data.n)
    await jobs.start(client)
    await client.send({ name: 'relay', data: {} })
    expect((await jobs.ended('sender'))[0]?.output).toBe(2)
    expect((await jobs.ended('receiver', 2)).map(({ output }) => output).sort()).toEqual([1, 2])
  })
})

describe('a run that sleeps', () => {
  it('sleeps for the time it asked for, and then goes on', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'sleeper', triggers: [{ event: 'sleeper' }] }, async ({ step }) => {
      const before = await step.run('before', () => Date.now())
      await step.sleep('nap', '1s')
      await step.sleepUntil('until', new Date(before + 1500))
      return (await step.run('after', () => Date.now())) - before
    })
    await jobs.start(client)
    await client.send({ name: 'sleeper', data: {} })
    await until(async () => (await jobs.runs('sleeper'))[0]?.state === 'sleeping', 'the run to sleep')
    expect((await jobs.ended('sleeper'))[0]?.output).toBeGreaterThanOrEqual(1499)
  })

  it('a time that has passed is no sleep', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'past', triggers: [{ event: 'past' }] }, async ({ step }) => {
      await step.sleepUntil('long ago', new Date('2001-01-01'))
      return 'on'
    })
    await jobs.start(client)
    await client.send({ name: 'past', data: {} })
    expect((await jobs.ended('past'))[0]?.output).toBe('on')
  })

  it('a sleep beside a step does not hold the step back', async () => {
    const client = jobs.client()
    const order: string[] = []
    client.createFunction({ id: 'beside', triggers: [{ event: 'beside' }] }, async ({ step }) => {
      const nap = step.sleep('nap', '1s').then(() => order.push('nap'))
      const work = step
        .run('work', () => 'done')
        .then(() => step.run('more', () => 'more'))
        .then(() => order.push('work'))
      await Promise.all([nap, work])
      return order.slice(-2)
    })
    await jobs.start(client)
    await client.send({ name: 'beside', data: {} })
    expect((await jobs.ended('beside'))[0]?.output).toEqual(['work', 'nap'])
  })
})

describe('a run that fails', () => {
  it('a step is tried again with a higher attempt, and steps before it are not', async () => {
    const client = jobs.client()
    const attempts: number[] = []
    let first = 0
    client.createFunction({ id: 'retry', triggers: [{ event: 'retry' }], retries: 3 }, async ({ step, attempt }) => {
      await step.run('first', () => {
        first += 1
      })
      return step.run('second', () => {
        attempts.push(attempt)
        if (attempts.length < 3) throw new Error('not yet')
        return 'at last'
      })
    })
    await jobs.start(client)
    await client.send({ name: 'retry', data: {} })
    expect((await jobs.ended('retry'))[0]?.output).toBe('at last')
    expect([first, attempts]).toEqual([1, [0, 1, 2]])
  })

  it('waits between tries as the backoff says', async () => {
    const client = jobs.client()
    const [times, asked]: [number[], number[]] = [[], []]
    client.createFunction({ id: 'backoff', triggers: [{ event: 'backoff' }], retries: 2 }, async () => {
      times.push(Date.now())
      if (times.length < 3) throw new Error('not yet')
    })
    const backoff = (attempt: number) => {
      asked.push(attempt)
      return attempt === 0 ? 400 : 900
    }
    await jobs.start(client, { backoff })
    await client.send({ name: 'backoff', data: {} })
    await jobs.ended('backoff')
    const [one = 0, two = 0, three = 0] = times
    expect(asked).toEqual([0, 1])
    expect(two - one).toBeGreaterThanOrEqual(400)
    expect(three - two).toBeGreaterThanOrEqual(900)
  })

  it('a job that always throws fails after its tries, with its error kept', async () => {
    const client = jobs.client()
    let tries = 0
    client.createFunction({ id: 'hopeless', triggers: [{ event: 'hopeless' }], retries: 2 }, async () => {
      tries += 1
      throw new TypeError('no hope')
    })
    await jobs.start(client)
    await client.send({ name: 'hopeless', data: {} })
    const [run] = await jobs.ended('hopeless')
    expect(run).toMatchObject({ state: 'failed', error: { name: 'TypeError', message: 'no hope' } })
    expect(tries).toBe(3)
  })

  it('NonRetriableError is not tried again', async () => {
    const client = jobs.client()
    let tries = 0
    client.createFunction({ id: 'final', triggers: [{ event: 'final' }] }, async ({ step }) => {
      await step.run('once', () => {
        tries += 1
        throw new NonRetriableError('never again')
      })
    })
    await jobs.start(client)
    await client.send({ name: 'final', data: {} })
    expect((await jobs.ended('final'))[0]).toMatchObject({ state: 'failed', error: { message: 'never again' } })
    expect(tries).toBe(1)
  })

  it('RetryAfterError decides when, whatever the backoff says', async () => {
    const client = jobs.client()
    const times: number[] = []
    client.createFunction({ id: 'later', triggers: [{ event: 'later' }] }, async ({ step }) => {
      await step.run('wait', () => {
        times.push(Date.now())
        if (times.length === 1) throw new RetryAfterError('busy', '1s')
      })
    })
    await jobs.start(client)
    await client.send({ name: 'later', data: {} })
    await jobs.ended('later')
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  it('an AppError that is permanent is not tried again, one that names a time is tried then', async () => {
    const client = jobs.client()
    const times: number[] = []
    client.createFunction({ id: 'app-final', triggers: [{ event: 'app' }] }, async ({ step }) => {
      await step.run('ask', () => {
        throw new AppError('not_found', 'no such watch')
      })
    })
    client.createFunction({ id: 'app-later', triggers: [{ event: 'app' }] }, async ({ attempt }) => {
      times.push(Date.now())
      if (attempt === 0) throw new AppError('too_many', 'slow down', { retryAfter: 1 })
    })
    await jobs.start(client)
    await client.send({ name: 'app', data: {} })
    expect((await jobs.ended('app-final'))[0]).toMatchObject({ state: 'failed', error: { message: 'no such watch' } })
    expect((await jobs.ended('app-later'))[0]?.state).toBe('completed')
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  it('a step that failed for good can be caught, and the run goes on', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'caught', triggers: [{ event: 'caught' }], retries: 1 }, async ({ step }) => {
      const told = await step
        .run('bad', () => {
          throw new Error('bad step')
        })
        .catch((error: Error) => error.message)
      return step.run('good', () => `after ${told}`)
    })
    await jobs.start(client)
    await client.send({ name: 'caught', data: {} })
    expect((await jobs.ended('caught'))[0]).toMatchObject({ state: 'completed', output: 'after bad step' })
  })

  it('the failure handler gets the error and the event, once', async () => {
    const client = jobs.client()
    const told: unknown[] = []
    client.createFunction(
      {
        id: 'sad',
        triggers: [{ event: 'sad' }],
        retries: 0,
        onFailure: ({ error, event }) => {
          told.push([error.message, event.data.event.data])
        },
      },
      async () => {
        throw new Error('so sad')
      },
    )
    client.createFunction(
      { id: 'other', triggers: [{ event: 'other' }], onFailure: () => told.push('wrong') },
      async () => 1,
    )
    await jobs.start(client)
    await client.send({ name: 'sad', data: { n: 7 } })
    await jobs.ended('sad-failure')
    expect(told).toEqual([['so sad', { n: 7 }]])
  })

  it('a step that the engine does not have fails the run by its name', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'waits', triggers: [{ event: 'waits' }] }, async ({ step }) => {
      await step.waitForSignal('for ever', { signal: 'never', timeout: '1h', onConflict: 'fail' })
    })
    await jobs.start(client)
    await client.send({ name: 'waits', data: {} })
    const [run] = await jobs.ended('waits')
    expect(run?.error?.message).toBe('the embedded engine has no step.waitForSignal (step for ever)')
  })
})
