import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

async function storedSteps(job: string): Promise<string[]> {
  const rows = await jobs.sql<{ name: string }>`
    select s.name from job_steps s join job_runs r on r.id = s.run_id
    where r.function_id = ${`gleaner-${job}`} and s.state = 'done' order by s.position`
  return rows.map(({ name }) => name)
}

describe('a job that runs on from step to step', () => {
  it('is called once, and each result is stored before the next step begins', async () => {
    const client = jobs.client()
    const seen: string[][] = []
    let calls = 0
    client.createFunction({ id: 'onward', triggers: [{ event: 'onward' }] }, async ({ step }) => {
      calls += 1
      for (const name of ['one', 'two', 'three']) {
        await step.run(name, async () => seen.push(await storedSteps('onward')))
      }
      return 'whole'
    })
    await jobs.start(client, { checkpointing: true })
    await client.send({ name: 'onward', data: {} })
    const [run] = await jobs.ended('onward')
    expect(run?.output).toBe('whole')
    expect(calls).toBe(1)
    expect(seen).toEqual([[], ['one'], ['one', 'two']])
    expect(await storedSteps('onward')).toEqual(['one', 'two', 'three'])
  })

  it.each([
    ['of the job', { checkpointing: false }, {}],
    ['of the engine', {}, { checkpointing: false }],
  ])('is called for each step by the wish %s', async (whose, option, wish) => {
    const client = jobs.client()
    const id = `stepwise ${whose}`.replaceAll(' ', '-')
    let calls = 0
    client.createFunction({ id, triggers: [{ event: id }], ...option }, async ({ step }) => {
      calls += 1
      await step.run('one', () => 1)
      await step.run('two', () => 2)
    })
    await jobs.start(client, { checkpointing: true, ...wish })
    await client.send({ name: id, data: {} })
    await jobs.ended(id)
    expect(calls).toBe(3)
  })

  it('sees a result as it will be after a crash: as JSON has it', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'dated', triggers: [{ event: 'dated' }] }, async ({ step }) => {
      const result = await step.run('date', () => ({ at: new Date(0), none: undefined }))
      return [typeof result.at, Object.keys(result)]
    })
    await jobs.start(client, { checkpointing: true })
    await client.send({ name: 'dated', data: {} })
    expect((await jobs.ended('dated'))[0]?.output).toEqual(['string', ['at']])
  })

  it('after a step that failed, goes on there with its tries counted anew for the next', async () => {
    const client = jobs.client()
    const calls: string[] = []
    const failOnce = (name: string, attempt: number) => {
      calls.push(`${name}.${attempt}`)
      if (attempt === 0 && name !== 'one') throw new Error('once')
    }
    client.createFunction({ id: 'again', triggers: [{ event: 'again' }], retries: 1 }, async ({ step, attempt }) => {
      for (const name of ['one', 'two', 'three']) await step.run(name, () => failOnce(name, attempt))
    })
    await jobs.start(client, { checkpointing: true })
    await client.send({ name: 'again', data: {} })
    expect((await jobs.ended('again'))[0]?.state).toBe('completed')
    expect(calls).toEqual(['one.0', 'two.0', 'two.1', 'three.0', 'three.1'])
  })

  it('begins no further step once its run was taken over', async () => {
    const client = jobs.client()
    const calls: string[] = []
    let release: () => void = () => undefined
    client.createFunction({ id: 'taken', triggers: [{ event: 'taken' }] }, async ({ step, runId }) => {
      await step.run('one', async () => {
        calls.push('one')
        if (calls.length > 1) return
        await new Promise<void>((resolve) => {
          release = resolve
        })
      })
      await step.run('two', () => calls.push(`two of ${runId}`))
    })
    await jobs.start(client, { checkpointing: true })
    await client.send({ name: 'taken', data: {} })
    await until(() => calls.length === 1, 'the first step')
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-taken'`
    const [run] = await jobs.ended('taken')
    release()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(calls).toEqual(['one', 'one', `two of ${run?.id}`])
  })
})

describe('steps that are stored together', () => {
  it('one that the database refuses costs the others nothing', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'odd', triggers: [{ event: 'odd' }], retries: 0 }, async ({ event, step }) => {
      await step.run(event.data.odd ? `a name that text cannot hold: \u0000` : 'plain', () => 'done')
      return 'whole'
    })
    await jobs.start(client)
    await client.send(Array.from({ length: 12 }, (_, n) => ({ name: 'odd', data: { odd: n === 5 } })))
    await until(
      async () => (await jobs.runs('odd')).filter(({ state }) => state === 'completed').length === 11,
      '11 runs',
    )
  })
})
