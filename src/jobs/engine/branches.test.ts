import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { callReleaseRuns, createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

/** A step that is at work until it is told to end: who waits for it never tells it. */
function hold() {
  const { promise, resolve } = Promise.withResolvers<string>()
  return { work: () => promise, end: () => resolve('held') }
}

async function stepsOf(job: string): Promise<Record<string, string>> {
  const rows = await jobs.sql<{ name: string; state: string }>`
    select s.name, s.state from job_steps s join job_runs r on r.id = s.run_id where r.function_id = ${`gleaner-${job}`}`
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
}

async function stateOf(job: string): Promise<string | undefined> {
  return (await jobs.runs(job))[0]?.state
}

describe('a step that is at work does not hold back', () => {
  it('what follows another step', async () => {
    const client = jobs.client()
    const slow = hold()
    client.createFunction({ id: 'chain', triggers: [{ event: 'chain' }] }, async ({ step }) => {
      const chain = async () => {
        const first = await step.run('a1', () => 1)
        const second = await step.run('a2', () => first + 1)
        return step.run('a3', () => {
          slow.end()
          return second + 1
        })
      }
      return Promise.all([step.run('slow', slow.work), chain()])
    })
    await jobs.start(client)
    await client.send({ name: 'chain', data: {} })
    expect(await jobs.ended('chain')).toMatchObject([{ state: 'completed', output: ['held', 3] }])
  })

  it('what follows the end of a sleep that has won a race', async () => {
    const client = jobs.client()
    const slow = hold()
    client.createFunction({ id: 'race', triggers: [{ event: 'race' }] }, async ({ step }) => {
      const winner = await Promise.race([
        step.run('slow', slow.work),
        step.sleep('short', '1s').then(() => 'the sleep'),
      ])
      return step.run('after', () => {
        slow.end()
        return winner
      })
    })
    await jobs.start(client)
    await client.send({ name: 'race', data: {} })
    expect(await jobs.ended('race')).toMatchObject([{ state: 'completed', output: 'the sleep' }])
  })

  it('another try of its sibling', async () => {
    const client = jobs.client()
    const slow = hold()
    const tries: number[] = []
    client.createFunction({ id: 'tries', triggers: [{ event: 'tries' }], retries: 2 }, async ({ step, attempt }) => {
      const flaky = () => {
        tries.push(attempt)
        if (attempt < 2) throw new Error('not yet')
        slow.end()
        return 'at last'
      }
      return Promise.all([step.run('slow', slow.work), step.run('flaky', flaky)])
    })
    await jobs.start(client)
    await client.send({ name: 'tries', data: {} })
    expect(await jobs.ended('tries')).toMatchObject([{ state: 'completed', output: ['held', 'at last'] }])
    expect(tries).toEqual([0, 1, 2])
  })

  it('the answer to a wait, nor that of an invoked run', async () => {
    const client = jobs.client()
    const slow = hold()
    const invoked = client.createFunction({ id: 'invoked', triggers: [{ event: 'never' }] }, async () => 'done')
    client.createFunction({ id: 'answers', triggers: [{ event: 'answers' }] }, async ({ step }) => {
      const answers = async () => {
        const come = await step.waitForEvent('wait', { event: 'come', timeout: '1h' })
        const result = await step.invoke('invoke', { function: invoked, data: {} })
        return step.run('after', () => {
          slow.end()
          return [come?.data.n, result]
        })
      }
      return Promise.all([step.run('slow', slow.work), answers()])
    })
    await jobs.start(client)
    await client.send({ name: 'answers', data: {} })
    await until(async () => (await stepsOf('answers')).wait === 'waiting', 'the wait')
    await client.send({ name: 'come', data: { n: 7 } })
    expect(await jobs.ended('answers')).toMatchObject([{ state: 'completed', output: ['held', [7, 'done']] }])
  })

  it('more steps than may be at work at a time', async () => {
    const client = jobs.client()
    const slow = hold()
    let [ran, calls] = [0, 0]
    client.createFunction({ id: 'wide', triggers: [{ event: 'wide' }] }, async ({ step }) => {
      calls += 1
      const quick = Array.from({ length: 100 }, (_, n) =>
        step.run(`s${n}`, () => {
          ran += 1
          if (ran === 100) slow.end()
        }),
      )
      return (await Promise.all([step.run('slow', slow.work), ...quick])).length
    })
    await jobs.start(client)
    await client.send({ name: 'wide', data: {} })
    expect(await jobs.ended('wide')).toMatchObject([{ state: 'completed', output: 101 }])
    expect(ran).toBe(100)
    // Not asked after each step: that would cost their square.
    expect(calls).toBeLessThan(140)
  })

  it('a chain beyond the time after which a turn lets others in', async () => {
    const client = jobs.client()
    const slow = hold()
    client.createFunction({ id: 'lasting', triggers: [{ event: 'lasting' }] }, async ({ step }) => {
      const chain = async () => {
        for (const name of ['a1', 'a2', 'a3']) await step.run(name, () => sleep(3500))
        await step.run('last', slow.end)
      }
      await Promise.all([step.run('slow', slow.work), chain()])
    })
    await jobs.start(client)
    await client.send({ name: 'lasting', data: {} })
    await until(async () => (await stateOf('lasting')) === 'completed', 'its end', 25_000)
  }, 40_000)
})

describe('steps side by side', () => {
  it('never have more at work than the limit, and use all of it', async () => {
    const client = jobs.client()
    let [now, most] = [0, 0]
    const work = async () => {
      now += 1
      most = Math.max(most, now)
      await sleep(30)
      now -= 1
    }
    const concurrency = 3
    client.createFunction({ id: 'narrow', triggers: [{ event: 'narrow' }], concurrency }, async ({ step }) => {
      const chain = async (n: number) => {
        for (const at of [1, 2, 3]) await step.run(`${n}.${at}`, work)
      }
      await Promise.all([0, 1, 2, 3, 4].map(chain))
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send([1, 2, 3].map((n) => ({ name: 'narrow', data: { n } })))
    const runs = await jobs.ended('narrow', 3)
    expect(runs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed'])
    expect(most).toBe(3)
  })

  it('leave their places one by one to who waits for them', async () => {
    const client = jobs.client()
    const slow = hold()
    client.createFunction(
      { id: 'leaves', triggers: [{ event: 'leaves' }], concurrency: 2 },
      async ({ event, step }) => {
        if (event.data.second) return step.run('free', slow.end)
        return Promise.all([step.run('slow', slow.work), step.run('quick', () => sleep(300))])
      },
    )
    await jobs.start(client)
    await client.send({ name: 'leaves', data: {} })
    await until(async () => (await stepsOf('leaves')).slow === 'planned', 'both')
    await client.send({ name: 'leaves', data: { second: true } })
    expect(await jobs.ended('leaves', 2)).toMatchObject([{ state: 'completed' }, { state: 'completed' }])
  })

  it('have all ended when their run fails, and none is repeated meanwhile', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'fails', triggers: [{ event: 'fails' }], retries: 0 }, async ({ step }) => {
      const slow = step.run('slow', async () => {
        calls.push('slow begins')
        await sleep(500)
        calls.push('slow ends')
      })
      const bad = step.run('bad', () => {
        throw new Error('bad one')
      })
      await Promise.all([slow, bad])
    })
    await jobs.start(client)
    await client.send({ name: 'fails', data: {} })
    expect(await jobs.ended('fails')).toMatchObject([{ state: 'failed', error: { message: 'bad one' } }])
    expect(calls).toEqual(['slow begins', 'slow ends'])
    expect(await stepsOf('fails')).toEqual({ slow: 'done', bad: 'failed' })
  })

  it('end before the run is tried again for one that the database refuses', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'refused', triggers: [{ event: 'refused' }], retries: 1 }, async ({ step }) => {
      const slow = step.run('slow', async () => {
        calls.push('slow begins')
        await sleep(500)
        calls.push('slow ends')
      })
      const odd = step.run('first', () => 1).then(() => step.run('a name that text cannot hold: \u0000', () => 1))
      await Promise.all([slow, odd])
    })
    await jobs.start(client)
    await client.send({ name: 'refused', data: {} })
    expect(await jobs.ended('refused')).toMatchObject([{ state: 'failed' }])
    expect(calls).toEqual(['slow begins', 'slow ends'])
  })

  it('are dropped when their run is cancelled: no result is stored, and nothing begins after it', async () => {
    const client = jobs.client()
    const slow = hold()
    const calls: string[] = []
    client.createFunction({ id: 'dropped', triggers: [{ event: 'dropped' }] }, async ({ step }) => {
      const chain = async () => {
        await step.run('a1', () => calls.push('a1'))
        await step.sleep('nap', '1s')
        await step.run('a2', () => calls.push('a2'))
      }
      await Promise.all([step.run('slow', slow.work), chain()])
    })
    await jobs.start(client)
    await client.send({ name: 'dropped', data: {} })
    await until(async () => (await stepsOf('dropped')).nap === 'sleeping', 'the sleep')
    const runs = await jobs.runs('dropped')
    await callReleaseRuns(
      test,
      runs.map(({ id }) => id),
    )
    await sleep(1500)
    slow.end()
    await sleep(200)
    expect(await stateOf('dropped')).toBe('cancelled')
    expect(calls).toEqual(['a1'])
    expect(await stepsOf('dropped')).toMatchObject({ slow: 'planned', a1: 'done', nap: 'sleeping' })
  })

  it('are cancelled at the time of `finish`, however many are at work', async () => {
    const client = jobs.client()
    const calls: string[] = []
    const timeouts = { finish: '1s' } as const
    client.createFunction({ id: 'limited', triggers: [{ event: 'limited' }], timeouts }, async ({ step }) => {
      const chain = async () => {
        for (;;) await step.run('again', () => sleep(100))
      }
      await Promise.all([step.run('slow', hold().work), chain()])
      calls.push('end')
    })
    await jobs.start(client)
    await client.send({ name: 'limited', data: {} })
    await until(async () => (await stateOf('limited')) === 'cancelled', 'its end', 5000)
    await sleep(300)
    const steps = await jobs.sql`select 1 from job_steps`
    await sleep(300)
    expect(await jobs.sql`select 1 from job_steps`).toHaveLength(steps.length)
    expect(calls).toEqual([])
  })

  it('of a run that is taken over are repeated only where their result was not stored', async () => {
    const client = jobs.client()
    const slow = hold()
    const calls: string[] = []
    client.createFunction({ id: 'taken', triggers: [{ event: 'taken' }] }, async ({ step }) => {
      const chain = async () => {
        await step.run('a1', () => calls.push('a1'))
        await step.run('a2', () => calls.push('a2'))
      }
      const once = () => {
        calls.push('slow')
        return calls.filter((call) => call === 'slow').length === 1 ? slow.work() : 'again'
      }
      const [result] = await Promise.all([step.run('slow', once), chain()])
      return result
    })
    await jobs.start(client)
    await client.send({ name: 'taken', data: {} })
    await until(async () => (await stepsOf('taken')).a2 === 'done', 'the chain')
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-taken'`
    const [run] = await jobs.ended('taken')
    slow.end()
    await sleep(100)
    expect(run?.output).toBe('again')
    expect(calls.sort()).toEqual(['a1', 'a2', 'slow', 'slow'])
  })

  it('end when their engine stops, and what follows them begins in the next', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'stops', triggers: [{ event: 'stops' }] }, async ({ step }) => {
      const chain = async (name: string, ms: number) => {
        for (const at of [1, 2, 3]) {
          await step.run(`${name}${at}`, async () => {
            calls.push(`${name}${at}`)
            await sleep(ms)
          })
        }
      }
      await Promise.all([chain('a', 200), chain('b', 700)])
    })
    const first = await jobs.start(client)
    await client.send({ name: 'stops', data: {} })
    await until(() => calls.includes('a2'), 'the second step')
    await jobs.stop(first)
    expect(calls).not.toContain('b3')
    await jobs.start(client)
    expect(await jobs.ended('stops')).toMatchObject([{ state: 'completed' }])
    expect(calls.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
  })
})
