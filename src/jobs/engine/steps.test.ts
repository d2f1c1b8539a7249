import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('several steps', () => {
  it('at once after some in a row, each runs once, and finds what was before it', async () => {
    const client = jobs.client()
    const ran: string[] = []
    client.createFunction({ id: 'rows', triggers: [{ event: 'rows' }], retries: 0 }, async ({ step }) => {
      const run = (name: string) => step.run(name, () => ran.push(name))
      await run('a')
      await run('b')
      await Promise.all([run('c'), run('d')])
      await run('e')
      await Promise.all([run('f'), run('g')])
      return 'whole'
    })
    await jobs.start(client)
    await client.send({ name: 'rows', data: {} })
    expect(await jobs.ended('rows')).toMatchObject([{ state: 'completed', output: 'whole' }])
    expect([...ran].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  })
})

describe('step.sleepUntil', () => {
  it('wakes at a date, at an ISO time, and at once for one that is past', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'until', triggers: [{ event: 'until' }] }, async ({ event, step }) => {
      await step.sleepUntil('date', new Date(Number(event.data.at)))
      await step.sleepUntil('text', new Date(Number(event.data.at) + 500).toISOString())
      await step.sleepUntil('past', '2020-02-29T12:00:00+01:00')
      return step.run('now', () => Date.now())
    })
    await jobs.start(client)
    const at = Date.now() + 700
    await client.send({ name: 'until', data: { at } })
    const [run] = await jobs.ended('until')
    expect(Number(run?.output)).toBeGreaterThanOrEqual(at + 500)
  })
  it('until no time at all fails the run in words', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'never', triggers: [{ event: 'never' }], retries: 0 }, async ({ step }) => {
      await step.sleepUntil('wrong', 'next spring')
    })
    await jobs.start(client)
    await client.send({ name: 'never', data: {} })
    expect((await jobs.ended('never'))[0]?.error?.message).toContain('passed to sleepUntil: next spring')
  })
})

describe('step.sendEvent', () => {
  it('sends many at once and answers their ids; an id that is known begins nothing again', async () => {
    const client = jobs.client()
    const seen: unknown[] = []
    client.createFunction({ id: 'hears', triggers: [{ event: 'heard' }] }, async ({ event }) => {
      seen.push(event.data.n)
    })
    client.createFunction({ id: 'sends', triggers: [{ event: 'sends' }] }, async ({ step }) => {
      const { ids } = await step.sendEvent('many', [
        { name: 'heard', data: { n: 1 }, id: 'first' },
        { name: 'heard', data: { n: 2 } },
        { name: 'nobody/hears', data: {} },
      ])
      await step.sendEvent('again', { name: 'heard', data: { n: 3 }, id: 'first' })
      return ids.length
    })
    await jobs.start(client)
    await client.send({ name: 'sends', data: {} })
    expect((await jobs.ended('sends'))[0]?.output).toBe(3)
    await jobs.ended('hears', 2)
    await pause(100)
    expect(seen.sort()).toEqual([1, 2])
  })

  it('in a step that is repeated after a crash sends once', async () => {
    const client = jobs.client()
    let calls = 0
    client.createFunction({ id: 'hears-once', triggers: [{ event: 'once/heard' }] }, async () => 1)
    client.createFunction({ id: 'repeats', triggers: [{ event: 'repeats' }] }, async ({ step }) => {
      const sent = step.sendEvent('send', { name: 'once/heard', data: {} })
      calls += 1
      // As if its process had died after the sending, before its result was stored.
      if (calls === 1) await loseLease('repeats')
      await sent
      return 'sent'
    })
    await jobs.start(client)
    await client.send({ name: 'repeats', data: {} })
    expect((await jobs.ended('repeats'))[0]?.output).toBe('sent')
    await jobs.ended('hears-once')
    await pause(100)
    expect(await jobs.runs('hears-once')).toHaveLength(1)
  })
})

async function loseLease(job: string): Promise<void> {
  await jobs.sql`
    update job_runs set lease_id = ${newId()}, worker_id = ${newId()} where function_id = ${`gleaner-${job}`} and state = 'running'`
}

describe('steps within steps of time', () => {
  it('a loop may use one id for runs, sleeps and waits alike', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'loops', triggers: [{ event: 'loops' }] }, async ({ step }) => {
      const seen: unknown[] = []
      for (let at = 0; at < 3; at += 1) {
        seen.push(await step.run('same', () => at))
        await step.sleep('same', '1s')
        seen.push(await step.waitForEvent('same', { event: 'never', timeout: '1s' }))
      }
      return seen
    })
    await jobs.start(client)
    await client.send({ name: 'loops', data: {} })
    expect((await jobs.ended('loops'))[0]?.output).toEqual([0, null, 1, null, 2, null])
  })

  it('chains side by side go on each by itself, and may branch again', async () => {
    const client = jobs.client()
    const calls: string[] = []
    const note = (name: string) => {
      calls.push(name)
      return name
    }
    client.createFunction({ id: 'chains', triggers: [{ event: 'chains' }] }, async ({ step, group }) => {
      const slow = async () => {
        await step.sleep('nap', '1s')
        return Promise.all([step.run('b1', () => note('b1')), step.run('b2', () => note('b2'))])
      }
      const quick = async () => {
        const first = await step.run('a1', () => note('a1'))
        return [first, await step.run('a2', () => note('a2'))]
      }
      return group.parallel(() => Promise.all([slow(), quick()]))
    })
    await jobs.start(client)
    await client.send({ name: 'chains', data: {} })
    expect((await jobs.ended('chains'))[0]?.output).toEqual([
      ['b1', 'b2'],
      ['a1', 'a2'],
    ])
    expect(calls.slice(0, 2)).toEqual(['a1', 'a2'])
    expect(calls.slice(2).sort()).toEqual(['b1', 'b2'])
  })

  it('Promise.race of two steps goes on with the first', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'races', triggers: [{ event: 'races' }] }, async ({ step, group }) => {
      const quick = step.sleep('quick', '1s').then(() => 'quick')
      const slow = step.sleep('slow', '2s').then(() => 'slow')
      const winner = await group.parallel(() => Promise.race([quick, slow]))
      return step.run('after', () => winner)
    })
    await jobs.start(client)
    await client.send({ name: 'races', data: {} })
    expect((await jobs.ended('races'))[0]?.output).toBe('quick')
  })

  it('of parallel steps that fail, Promise.allSettled tells each', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'settles', triggers: [{ event: 'settles' }], retries: 1 }, async ({ step }) => {
      const all = await Promise.allSettled([
        step.run('good', () => 1),
        step.run('bad', () => {
          throw new Error('bad one')
        }),
        step.waitForEvent('vain', { event: 'never', timeout: '1s' }),
      ])
      return all.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason.message)))
    })
    await jobs.start(client)
    await client.send({ name: 'settles', data: {} })
    expect((await jobs.ended('settles'))[0]?.output).toEqual([1, 'bad one', null])
  })
})

describe('a wait over the death of its process', () => {
  it('whose storage was lost is stored by the next, and takes only what comes after', async () => {
    const client = jobs.client()
    let calls = 0
    client.createFunction({ id: 'lost-wait', triggers: [{ event: 'lost-wait' }] }, async ({ step }) => {
      calls += 1
      if (calls === 1) {
        await client.send({ name: 'lost/come', data: { n: 'before' } })
        await loseLease('lost-wait')
      }
      const come = await step.waitForEvent('wait', { event: 'lost/come', timeout: '1h' })
      return come?.data.n
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send({ name: 'lost-wait', data: {} })
    await until(async () => (await waits()) === 1, 'the wait')
    await pause(100)
    expect((await jobs.runs('lost-wait'))[0]?.state).toBe('sleeping')
    await client.send({ name: 'lost/come', data: { n: 'after' } })
    expect((await jobs.ended('lost-wait'))[0]?.output).toBe('after')
  })

  it('an answer that came is taken in by the next engine, and again when that loses its lease', async () => {
    const client = jobs.client()
    let takings = 0
    client.createFunction({ id: 'kept-wait', triggers: [{ event: 'kept-wait' }] }, async ({ step }) => {
      const come = await step.waitForEvent('wait', { event: 'kept/come', timeout: '1h' })
      takings += 1
      if (takings === 1) await loseLease('kept-wait')
      return step.run('after', () => come?.data.n)
    })
    const first = await jobs.start(client)
    await client.send({ name: 'kept-wait', data: {} })
    await until(async () => (await waits()) === 1, 'the wait')
    await jobs.stop(first)
    await client.send({ name: 'kept/come', data: { n: 7 } })
    await Promise.all([jobs.start(client), jobs.start(client)])
    expect((await jobs.ended('kept-wait'))[0]).toMatchObject({ state: 'completed', output: 7 })
    expect(takings).toBeGreaterThan(1)
  })
})

async function waits(): Promise<number> {
  return (await jobs.sql`select 1 from job_waits`).length
}
