import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { callReleaseRuns, createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

/** A function whose step never ends, and one that is quick. */
function define(id: string, options: { readonly timeouts?: { readonly finish: '1s' }; readonly retries?: 0 | 1 }) {
  const client = jobs.client()
  const hung: string[] = []
  client.createFunction({ id, triggers: [{ event: id }], ...options }, async ({ step }) => {
    await step.run('hang', () => {
      hung.push(id)
      return new Promise<void>(() => undefined)
    })
  })
  client.createFunction({ id: `${id}-quick`, triggers: [{ event: `${id}-quick` }] }, async () => 'quick')
  return { client, hung }
}

describe('a step that never ends', () => {
  it('loses its place when its run is cancelled', async () => {
    const { client, hung } = define('cancelled', {})
    await jobs.start(client, { concurrency: 1 })
    await client.send({ name: 'cancelled', data: {} })
    await until(() => hung.length === 1, 'the step')
    const runs = await jobs.runs('cancelled')
    await callReleaseRuns(
      test,
      runs.map(({ id }) => id),
    )
    await client.send({ name: 'cancelled-quick', data: {} })
    expect(await jobs.ended('cancelled-quick')).toMatchObject([{ output: 'quick' }])
  })

  it('is cancelled when the time of its function is over', async () => {
    const { client, hung } = define('limited', { timeouts: { finish: '1s' } })
    await jobs.start(client, { concurrency: 1 })
    await client.send([
      { name: 'limited', data: {} },
      { name: 'limited-quick', data: {} },
    ])
    await until(() => hung.length === 1, 'the step')
    await until(async () => (await jobs.runs('limited'))[0]?.state === 'cancelled', 'its end')
    expect(await jobs.ended('limited-quick')).toMatchObject([{ output: 'quick' }])
  })

  it('is a failed try after the longest time that a step may take', async () => {
    const { client, hung } = define('endless', { retries: 1 })
    await jobs.start(client, { concurrency: 1, longestStepMs: 700 })
    await client.send({ name: 'endless', data: {} })
    const [run] = await jobs.ended('endless')
    expect(run).toMatchObject({ state: 'failed', error: { message: 'a step took longer than 0.7 seconds' } })
    expect(hung).toHaveLength(2)
  })
})
