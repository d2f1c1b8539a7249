import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('a run that has no end', () => {
  it('fails at its 1,001st step, and may have a thousand', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'loop', triggers: [{ event: 'loop' }] }, async ({ event, step }) => {
      for (let n = 0; n < event.data.steps; n += 1) await step.run('again', () => n)
      return 'whole'
    })
    // Asked for one by one, the SDK goes through all steps before each: a thousand take minutes.
    await jobs.start(client, { checkpointing: true })
    await client.send({ name: 'loop', data: { steps: 1000 } })
    expect(await jobs.ended('loop')).toMatchObject([{ state: 'completed', output: 'whole' }])
    await client.send({ name: 'loop', data: { steps: 1_000_000 } })
    const [, endless] = await jobs.ended('loop', 2)
    const error = { message: 'a run may have 1000 steps, this one has more' }
    expect(endless).toMatchObject({ state: 'failed', error })
  }, 60_000)

  it('fails when its results together have more than 32 MB', async () => {
    const client = jobs.client()
    let ran = 0
    client.createFunction({ id: 'heavy', triggers: [{ event: 'heavy' }] }, async ({ step }) => {
      for (;;) {
        await step.run('again', () => {
          ran += 1
          return 'x'.repeat(3_000_000)
        })
      }
    })
    await jobs.start(client)
    await client.send({ name: 'heavy', data: {} })
    const [run] = await jobs.ended('heavy')
    expect(run?.error?.message).toBe('the results of a run’s steps may have 32 MB, those of this one have more')
    expect(ran).toBe(12)
  }, 60_000)

  it('fails when it plans too many steps at once', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'wide', triggers: [{ event: 'wide' }] }, async ({ step }) => {
      await Promise.all(Array.from({ length: 1001 }, (_, n) => step.run(`s${n}`, () => n)))
    })
    await jobs.start(client)
    await client.send({ name: 'wide', data: {} })
    const [run] = await jobs.ended('wide')
    expect(run?.state).toBe('failed')
  })
})
