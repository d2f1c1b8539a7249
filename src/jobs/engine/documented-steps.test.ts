import { NonRetriableError, RetryAfterError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

/* What Inngest's pages promise of triggers, steps and errors, shown by small jobs of the shapes that they give. */

const test = openTestDatabase()
const jobs = createTestJobs(test)

async function waits(event: string): Promise<number> {
  return (await jobs.sql`select from job_waits where event = ${event}`).count
}

describe('the pages on triggers', () => {
  it('a schedule with TZ= ticks by the clock of that place: Fridays at noon in Paris', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'lunch', triggers: [{ cron: 'TZ=Europe/Paris 0 12 * * 5' }] }, async () => 1)
    await jobs.start(client)
    const [row] = await jobs.sql`
      select to_char(next_at at time zone 'Europe/Paris', 'ID HH24:MI') as at from job_crons`
    expect(row?.at).toBe('5 12:00')
  })

  it('a condition begins a run for matching events alone, and fan-out begins one of each function', async () => {
    const client = jobs.client()
    const condition = `event.data.plan == 'pro' && event.data.seats >= 5`
    client.createFunction({ id: 'greet-pro', triggers: [{ event: 'joined', if: condition }] }, async ({ event }) => {
      return event.data.seats
    })
    client.createFunction({ id: 'greet-all', triggers: [{ event: 'joined' }] }, async () => 'hello')
    await jobs.start(client)
    const people = [
      { plan: 'pro', seats: 5 },
      { plan: 'pro', seats: 4 },
      { plan: 'free', seats: 9 },
    ]
    await client.send(people.map((data) => ({ name: 'joined', data })))
    await jobs.ended('greet-all', 3)
    expect((await jobs.ended('greet-pro')).map(({ output }) => output)).toEqual([5])
  })

  it('an event id makes two sendings one event', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'charge', triggers: [{ event: 'ordered' }] }, async () => 1)
    await jobs.start(client)
    for (let n = 0; n < 3; n += 1) await client.send({ id: 'order-17', name: 'ordered', data: { n } })
    await jobs.ended('charge')
    expect(await jobs.runs('charge')).toHaveLength(1)
  })
})

describe('the pages on waiting', () => {
  it('a nudge goes out where no event came in time, and none where it came', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'nudge', triggers: [{ event: 'signed-up' }] }, async ({ event, step }) => {
      const timeout = event.data.slow ? '1s' : '1m'
      const done = await step.waitForEvent('setup', { event: 'set-up', timeout, match: 'data.userId' })
      return done ? done.data.by : step.run('nudge', () => 'nudged')
    })
    await jobs.start(client)
    await client.send([
      { name: 'signed-up', data: { userId: 1, slow: true } },
      { name: 'signed-up', data: { userId: 2, slow: false } },
    ])
    await until(async () => (await waits('set-up')) === 2, 'both to wait')
    await client.send({ name: 'set-up', data: { userId: 2, by: 'hand' } })
    const runs = await jobs.ended('nudge', 2)
    expect(runs.map(({ output }) => output).sort()).toEqual(['hand', 'nudged'])
  })

  it('an expression compares both events, and one event resumes all that match', async () => {
    const client = jobs.client()
    const condition = `event.data.team == async.data.team && async.data.plan == 'pro'`
    client.createFunction({ id: 'upgrade', triggers: [{ event: 'trial' }] }, async ({ step }) => {
      const event = await step.waitForEvent('paid', { event: 'subscribed', timeout: '1m', if: condition })
      return event?.data.plan
    })
    await jobs.start(client)
    await client.send(['a', 'a', 'b'].map((team) => ({ name: 'trial', data: { team } })))
    await until(async () => (await waits('subscribed')) === 3, 'all to wait')
    await client.send(['free', 'pro'].map((plan) => ({ name: 'subscribed', data: { team: 'a', plan } })))
    const runs = await jobs.ended('upgrade', 2)
    expect(runs.map(({ output }) => output)).toEqual(['pro', 'pro'])
    expect(await waits('subscribed')).toBe(1)
  })

  it('a reminder sleeps until the time that its event names', async () => {
    const client = jobs.client()
    const times: number[] = []
    client.createFunction({ id: 'remind', triggers: [{ event: 'remind-me' }] }, async ({ event, step }) => {
      await step.sleepUntil('due', event.data.at)
      await step.run('push', () => times.push(Date.now()))
    })
    await jobs.start(client)
    const at = new Date(Date.now() + 1200)
    await client.send({ name: 'remind-me', data: { at: at.toISOString() } })
    await jobs.ended('remind')
    expect(times[0]).toBeGreaterThanOrEqual(at.getTime())
  })
})

describe('the pages on several steps', () => {
  it('pages of an import are loaded by a loop with one step id, each once', async () => {
    const client = jobs.client()
    const pages = [[1, 2], [3, 4], [5]]
    const loaded: number[] = []
    client.createFunction({ id: 'import', triggers: [{ event: 'import' }] }, async ({ step }) => {
      const all: number[] = []
      for (let cursor: number | null = 0; cursor !== null; ) {
        const at: number = cursor
        const page = await step.run('load page', () => {
          loaded.push(at)
          return { rows: pages[at] ?? [], next: at + 1 < pages.length ? at + 1 : null }
        })
        all.push(...page.rows)
        cursor = page.next
      }
      return all
    })
    await jobs.start(client)
    await client.send({ name: 'import', data: {} })
    expect((await jobs.ended('import'))[0]?.output).toEqual([1, 2, 3, 4, 5])
    expect(loaded).toEqual([0, 1, 2])
  })

  it('chunks are worked on side by side, and their results put together', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'sum', triggers: [{ event: 'sum' }] }, async ({ event, step }) => {
      const chunks: number[][] = event.data.chunks
      const sums = await Promise.all(
        chunks.map((chunk, at) => step.run(`sum ${at}`, () => chunk.reduce((sum, n) => sum + n, 0))),
      )
      return step.run('total', () => sums.reduce((sum, n) => sum + n, 0))
    })
    await jobs.start(client)
    await client.send({ name: 'sum', data: { chunks: [[1, 2], [3], [4, 5]] } })
    expect((await jobs.ended('sum'))[0]?.output).toBe(15)
  })

  it('one run sends an event for each user, and each begins a run of its own', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'digest-all', triggers: [{ event: 'monday' }] }, async ({ step }) => {
      const users = await step.run('load users', () => ['ann', 'bea', 'cid'])
      const events = users.map((user) => ({ name: 'digest', data: { user } }))
      return (await step.sendEvent('fan out', events)).ids.length
    })
    client.createFunction({ id: 'digest', triggers: [{ event: 'digest' }] }, async ({ event }) => event.data.user)
    await jobs.start(client)
    await client.send({ name: 'monday', data: {} })
    const runs = await jobs.ended('digest', 3)
    expect(runs.map(({ output }) => output).sort()).toEqual(['ann', 'bea', 'cid'])
    expect((await jobs.ended('digest-all'))[0]?.output).toBe(3)
  })

  it('an invoked function is awaited like a call, and its failure is not tried again by the caller', async () => {
    const client = jobs.client()
    let tries = 0
    const never = [{ event: 'never/sent' }] as const
    const root = client.createFunction({ id: 'root', triggers: [...never], retries: 0 }, async ({ event }) => {
      tries += 1
      const n = Number(event.data.n)
      if (n < 0) throw new Error('no root of a negative number')
      return Math.sqrt(n)
    })
    client.createFunction({ id: 'ask-root', triggers: [{ event: 'ask-root' }] }, async ({ event, step }) =>
      step.invoke('root', { function: root, data: { n: event.data.n } }),
    )
    await jobs.start(client)
    await client.send([16, -1].map((n) => ({ name: 'ask-root', data: { n } })))
    const runs = await jobs.ended('ask-root', 2)
    expect(runs.map(({ state }) => state).sort()).toEqual(['completed', 'failed'])
    expect(runs.find(({ state }) => state === 'completed')?.output).toBe(4)
    expect(tries).toBe(2)
  })
})

describe('the pages on errors', () => {
  it('a function is tried four times unless it says otherwise, with attempts from 0 to 3', async () => {
    const client = jobs.client()
    const attempts: number[] = []
    client.createFunction({ id: 'stubborn', triggers: [{ event: 'stubborn' }] }, async ({ attempt }) => {
      attempts.push(attempt)
      throw new Error('again')
    })
    await jobs.start(client)
    await client.send({ name: 'stubborn', data: {} })
    expect((await jobs.ended('stubborn'))[0]?.state).toBe('failed')
    expect(attempts).toEqual([0, 1, 2, 3])
  })

  it('each step has all tries for itself', async () => {
    const client = jobs.client()
    const tries = { one: 0, two: 0 }
    const flaky = (step: keyof typeof tries) => {
      tries[step] += 1
      if (tries[step] < 3) throw new Error(`${step} not yet`)
      return tries[step]
    }
    client.createFunction({ id: 'each', triggers: [{ event: 'each' }], retries: 2 }, async ({ step }) => [
      await step.run('one', () => flaky('one')),
      await step.run('two', () => flaky('two')),
    ])
    await jobs.start(client)
    await client.send({ name: 'each', data: {} })
    expect((await jobs.ended('each'))[0]).toMatchObject({ state: 'completed', output: [3, 3] })
  })

  it('NonRetriableError in a step spares its other tries, and the function may still catch it', async () => {
    const client = jobs.client()
    let tries = 0
    client.createFunction({ id: 'missing', triggers: [{ event: 'missing' }] }, async ({ step }) =>
      step
        .run('fetch', () => {
          tries += 1
          throw new NonRetriableError('no such item')
        })
        .catch((error: Error) => step.run('note', () => error.message)),
    )
    await jobs.start(client)
    await client.send({ name: 'missing', data: {} })
    expect((await jobs.ended('missing'))[0]).toMatchObject({ state: 'completed', output: 'no such item' })
    expect(tries).toBe(1)
  })

  it.each([
    ['milliseconds', () => 1000],
    ['a duration', () => '1s'],
    ['a date', () => new Date(Date.now() + 1000)],
  ])('RetryAfterError takes %s', async (how, after) => {
    const client = jobs.client()
    const name = `after ${how}`.replaceAll(' ', '-')
    const times: number[] = []
    client.createFunction({ id: name, triggers: [{ event: name }] }, async () => {
      times.push(Date.now())
      if (times.length === 1) throw new RetryAfterError('limit hit', after())
    })
    await jobs.start(client)
    await client.send({ name, data: {} })
    expect((await jobs.ended(name))[0]?.state).toBe('completed')
    // A date is told in whole seconds.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(how === 'a date' ? 0 : 900)
  })

  it('a failed payment rolls back what was booked, and the run goes on', async () => {
    const client = jobs.client()
    const rooms = new Set<string>()
    client.createFunction({ id: 'book', triggers: [{ event: 'book' }], retries: 1 }, async ({ step }) => {
      await step.run('reserve', () => rooms.add('12').size)
      try {
        return await step.run('pay', () => Promise.reject(new Error('card declined')))
      } catch {
        return step.run('release', () => rooms.delete('12'))
      }
    })
    await jobs.start(client)
    await client.send({ name: 'book', data: {} })
    expect((await jobs.ended('book'))[0]).toMatchObject({ state: 'completed', output: true })
    expect(rooms.size).toBe(0)
  })

  it('onFailure runs once after the last try, as a function of its own with steps, and knows the run', async () => {
    const client = jobs.client()
    const told: unknown[] = []
    client.createFunction(
      {
        id: 'sync',
        triggers: [{ event: 'sync' }],
        retries: 1,
        onFailure: async ({ error, event, step }) => {
          await step.run('alert', () => told.push([error.message, event.data.function_id, event.data.event.data.user]))
        },
      },
      async () => {
        throw new Error('out of reach')
      },
    )
    await jobs.start(client)
    await client.send({ name: 'sync', data: { user: 'ann' } })
    await jobs.ended('sync-failure')
    expect(told).toEqual([['out of reach', 'gleaner-sync', 'ann']])
  })
})
