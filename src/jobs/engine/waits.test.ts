import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function waiting(job: string, count = 1): Promise<void> {
  const waits = () => jobs.sql`
    select 1 from job_waits w join job_runs r on r.id = w.run_id
    where r.function_id = ${`gleaner-${job}`} and r.state = 'sleeping' and w.key not like 'cancel/%'`
  await until(async () => (await waits()).length === count, `${count} waits of ${job}`)
}

/** A job that waits for one event and answers its data, or null. */
function waiter(
  id: string,
  { timeout = '1h', ...how }: { timeout?: string; if?: string } | { timeout?: string; match: string },
) {
  const client = jobs.client()
  client.createFunction({ id, triggers: [{ event: `${id}/begin` }] }, async ({ step }) => {
    const come = await step.waitForEvent('wait', { event: `${id}/come`, timeout, ...how })
    return come && { data: come.data, name: come.name }
  })
  return client
}

describe('step.waitForEvent', () => {
  it('answers the event that comes, whole', async () => {
    const client = waiter('plain', {})
    await jobs.start(client)
    await client.send({ name: 'plain/begin', data: {} })
    await waiting('plain')
    await client.send({ name: 'plain/come', data: { n: [1, { ż: null }] } })
    const [run] = await jobs.ended('plain')
    expect(run).toMatchObject({ state: 'completed', output: { name: 'plain/come', data: { n: [1, { ż: null }] } } })
    expect(await jobs.sql`select 1 from job_waits where run_id = ${run?.id ?? ''}`).toHaveLength(0)
  })

  it('answers null when its time is over', async () => {
    const client = waiter('late', { timeout: '1s' })
    await jobs.start(client)
    await client.send({ name: 'late/begin', data: {} })
    const [run] = await jobs.ended('late')
    expect(run).toMatchObject({ state: 'completed', output: null })
    await client.send({ name: 'late/come', data: {} })
    expect(await jobs.sql`select 1 from job_waits where run_id = ${run?.id ?? ''}`).toHaveLength(0)
  })

  it('with match, takes only the event that has the same there', async () => {
    const client = waiter('match', { match: 'data.userId' })
    await jobs.start(client)
    await client.send([1, 2].map((userId) => ({ name: 'match/begin', data: { userId } })))
    await waiting('match', 2)
    await client.send({ name: 'match/come', data: { userId: 3 } })
    await client.send({ name: 'match/come', data: { userId: '2' } })
    await client.send({ name: 'match/come', data: {} })
    await client.send({ name: 'match/come', data: { userId: 2, right: true } })
    await jobs.ended('match')
    await waiting('match')
    await client.send({ name: 'match/come', data: { userId: 1, right: true } })
    const runs = await jobs.ended('match', 2)
    expect(runs.map(({ output }) => output)).toEqual(
      expect.arrayContaining([1, 2].map((userId) => ({ name: 'match/come', data: { userId, right: true } }))),
    )
  })

  it('with if, reads both events', async () => {
    const client = waiter('cond', { if: 'event.data.id == async.data.id && async.data.amount > event.data.least' })
    await jobs.start(client)
    await client.send({ name: 'cond/begin', data: { id: 'a', least: 10 } })
    await waiting('cond')
    for (const data of [{ id: 'a', amount: 10 }, { id: 'b', amount: 11 }, { id: 'a' }, { id: 'a', amount: 11 }]) {
      await client.send({ name: 'cond/come', data })
    }
    expect((await jobs.ended('cond'))[0]?.output).toMatchObject({ data: { id: 'a', amount: 11 } })
  })

  it('an event that came before does not count', async () => {
    const client = waiter('before', { timeout: '1s' })
    const first = await jobs.start(client)
    await client.send({ name: 'before/come', data: {} })
    await jobs.stop(first)
    // Both are routed by the next engine, in whatever order.
    await client.send([
      { name: 'before/come', data: {} },
      { name: 'before/begin', data: {} },
    ])
    await jobs.start(client)
    expect((await jobs.ended('before'))[0]).toMatchObject({ state: 'completed', output: null })
  })

  it('of many events at one moment, one wins and the others find nobody', async () => {
    const client = waiter('race', {})
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send({ name: 'race/begin', data: {} })
    await waiting('race')
    await Promise.all(Array.from({ length: 12 }, (_, n) => client.send({ name: 'race/come', data: { n } })))
    const [run] = await jobs.ended('race')
    await pause(200)
    expect(run?.state).toBe('completed')
    expect((await jobs.runs('race'))[0]?.output).toEqual(run?.output)
  })

  it('one event answers all that wait for it, under either of two engines', async () => {
    const client = waiter('all', { if: 'async.data.go == true' })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send(Array.from({ length: 20 }, () => ({ name: 'all/begin', data: {} })))
    await waiting('all', 20)
    await client.send({ name: 'all/come', data: { go: true } })
    const runs = await jobs.ended('all', 20)
    expect(runs.every(({ state, output }) => state === 'completed' && output !== null)).toBe(true)
  })

  it('an event and the deadline at one moment: the run goes on once, with the one or with null', async () => {
    const client = waiter('edge', { timeout: '3s', match: 'data.n' })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send(Array.from({ length: 30 }, (_, n) => ({ name: 'edge/begin', data: { n } })))
    await waiting('edge', 30)
    for (let n = 0; n < 30; n += 1) {
      await client.send({ name: 'edge/come', data: { n } })
      await pause(130)
    }
    const runs = await jobs.ended('edge', 30)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    const answered = runs.filter(({ output }) => output !== null).length
    expect(answered).toBeGreaterThan(0)
    expect(answered).toBeLessThan(30)
  })

  it('a wrong expression fails the step with the words of the library', async () => {
    const client = waiter('wrong', { if: 'evnt.data.id == 1' })
    await jobs.start(client)
    await client.send({ name: 'wrong/begin', data: {} })
    const [run] = await jobs.ended('wrong')
    expect(run).toMatchObject({ state: 'failed' })
    expect(run?.error?.message).toContain('expression "evnt.data.id == 1": Unknown variable: evnt')
  })
})

describe('waits beside other steps', () => {
  it('steps at its side run while it waits, and all come together', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'beside', triggers: [{ event: 'beside' }] }, async ({ step }) => {
      return Promise.all([
        step.waitForEvent('wait', { event: 'beside/come', timeout: '1h' }).then((come) => come?.data.n),
        step.run('work', () => {
          calls.push('work')
          return 1
        }),
        step.sleep('nap', '1s').then(() => 'slept'),
        step.waitForEvent('in vain', { event: 'never', timeout: '1s' }),
      ])
    })
    await jobs.start(client)
    await client.send({ name: 'beside', data: {} })
    await waiting('beside', 2)
    await client.send({ name: 'beside/come', data: { n: 7 } })
    expect((await jobs.ended('beside'))[0]?.output).toEqual([7, 1, 'slept', null])
    expect(calls).toEqual(['work'])
  })

  it('an event that comes while a step at its side is at work is not lost', async () => {
    const client = jobs.client()
    let working = false
    client.createFunction({ id: 'busy', triggers: [{ event: 'busy' }] }, async ({ step }) => {
      const come = step.waitForEvent('wait', { event: 'busy/come', timeout: '1h' })
      await step.run('slow', async () => {
        working = true
        await pause(400)
      })
      return (await come)?.data
    })
    await jobs.start(client)
    await client.send({ name: 'busy', data: {} })
    await until(() => working, 'the step')
    await client.send({ name: 'busy/come', data: { n: 1 } })
    expect((await jobs.ended('busy'))[0]?.output).toEqual({ n: 1 })
  })

  it('Promise.race goes on with what was first; the run ends with the loser, as under Inngest', async () => {
    const client = jobs.client()
    let winner = ''
    client.createFunction({ id: 'first', triggers: [{ event: 'first' }] }, async ({ step, group }) => {
      const first = await group.parallel(() =>
        Promise.race([
          step.waitForEvent('wait', { event: 'first/come', timeout: '1h' }).then(() => 'event'),
          step.sleep('nap', '2s').then(() => 'sleep'),
        ]),
      )
      return step.run('after', () => {
        winner = first
        return first
      })
    })
    await jobs.start(client)
    await client.send({ name: 'first', data: {} })
    await waiting('first')
    await client.send({ name: 'first/come', data: {} })
    await until(() => winner === 'event', 'the step after the race')
    expect((await jobs.runs('first'))[0]?.state).not.toBe('completed')
    expect((await jobs.ended('first'))[0]?.output).toBe('event')
  })

  it('a loop waits again and again under one id, and each takes the next event', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'again', triggers: [{ event: 'again' }] }, async ({ step }) => {
      const seen: unknown[] = []
      for (let at = 0; at < 3; at += 1) {
        const come = await step.waitForEvent('wait', { event: 'again/come', timeout: '1h' })
        seen.push(come?.data.n)
      }
      return seen
    })
    await jobs.start(client)
    await client.send({ name: 'again', data: {} })
    for (let n = 0; n < 3; n += 1) {
      await waiting('again')
      await client.send({ name: 'again/come', data: { n } })
      await until(async () => (await arrivals()) === n + 1, 'the event to arrive')
    }
    expect((await jobs.ended('again'))[0]?.output).toEqual([0, 1, 2])
  })
})

async function arrivals(): Promise<number> {
  const rows = await jobs.sql`
    select 1 from job_steps s join job_runs r on r.id = s.run_id
    where r.function_id = 'gleaner-again' and s.op = 'WaitForEvent' and s.state = 'done'`
  return rows.length
}
