import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createGate } from '@/db/testing-gate'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const gate = createGate(() => test.url)

beforeAll(() => gate.open())
afterAll(() => gate.close())

/** The engine's connections, whose statements count as lost after a second instead of half a minute. */
function impatientUrl(): string {
  const url = new URL(gate.url(test.url))
  url.searchParams.set('query_timeout', '1000')
  return url.href
}

describe('connections that fall silent', () => {
  it('are given up: what was sent meanwhile is done on others, without a restart', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'silent', triggers: [{ event: 'silent' }] }, async ({ step }) => {
      await step.run('one', () => 1)
      return step.run('two', () => 2)
    })
    const engine = await jobs.start(client, { url: impatientUrl() })
    await client.send({ name: 'silent', data: {} })
    await jobs.ended('silent')
    gate.silence()
    await client.send({ name: 'silent', data: {} })
    await jobs.ended('silent', 2)
    await until(async () => (await engine.health()).beatSeconds < 4, 'a sign of life')
  }, 30_000)

  it('in the middle of a step: its result is stored, and the step is not run again', async () => {
    const client = jobs.client()
    const calls: string[] = []
    let go = () => {}
    client.createFunction({ id: 'midway', triggers: [{ event: 'midway' }], retries: 0 }, async ({ step }) => {
      await step.run('long', () => {
        calls.push('long')
        return new Promise<number>((resolve) => {
          go = () => resolve(1)
        })
      })
      return step.run('next', () => calls.push('next'))
    })
    // The lease lasts: what is promised is that this process stores it, not that another takes over.
    await jobs.start(client, { url: impatientUrl(), leaseSeconds: 60 })
    await client.send({ name: 'midway', data: {} })
    await until(() => calls.length === 1, 'the step')
    gate.silence()
    go()
    expect(await jobs.ended('midway')).toMatchObject([{ state: 'completed' }])
    expect(calls).toEqual(['long', 'next'])
  }, 30_000)
})
