import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

/** Takes three places until `release`, then finds five more runs that have none. */
async function fillPlaces() {
  const client = jobs.client()
  const held: (() => void)[] = []
  client.createFunction(
    { id: 'full', triggers: [{ event: 'full' }], cancelOn: [{ event: 'halt' }] },
    async ({ step }) => {
      await step.run('slow', () => new Promise<void>((resolve) => held.push(resolve)))
    },
  )
  client.createFunction({ id: 'other', triggers: [{ event: 'other' }] }, async () => 'done')
  await jobs.start(client, { concurrency: 3 })
  await client.send(Array.from({ length: 3 }, () => ({ name: 'full', data: {} })))
  await until(() => held.length === 3, 'three at work')
  await client.send(Array.from({ length: 5 }, () => ({ name: 'other', data: {} })))
  const queued = async () => (await jobs.runs('other')).filter(({ state }) => state === 'queued')
  await until(async () => (await queued()).length === 5, 'five more')
  // Time for the claimers to have all found no place.
  await sleep(1000)
  return { client, release: () => held.map((free) => free()) }
}

describe('a process whose places are all taken', () => {
  it('still routes events: one that cancels reaches its runs', async () => {
    const { client, release } = await fillPlaces()
    await client.send({ name: 'halt', data: {} })
    await until(async () => (await jobs.runs('full')).every(({ state }) => state === 'cancelled'), 'the end', 4000)
    release()
    expect((await jobs.ended('other', 5)).every(({ output }) => output === 'done')).toBe(true)
  }, 30_000)

  it('leaves runs to a process that has places', async () => {
    const { client, release } = await fillPlaces()
    await jobs.start(client)
    const open = async () => (await jobs.runs('other')).filter(({ state }) => state !== 'completed')
    await until(async () => (await open()).length === 0, 'the idle process to run them', 4000)
    release()
  }, 30_000)
})
