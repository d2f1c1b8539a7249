import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('a run whose step the database refuses', () => {
  it('fails with the words of the database after the last try', async () => {
    const client = jobs.client()
    const tries: number[] = []
    client.createFunction({ id: 'nul', triggers: [{ event: 'nul' }], retries: 2 }, async ({ step }) => {
      await step.run('before', () => 1)
      await step.run('a name\u0000with NUL', () => tries.push(tries.length))
    })
    await jobs.start(client)
    await client.send({ name: 'nul', data: {} })
    const [run] = await jobs.ended('nul')
    expect(run?.state).toBe('failed')
    expect(run?.error?.message).toContain('invalid byte sequence')
    expect(tries).toHaveLength(3)
  })

  it('fails at once without retries', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'far', triggers: [{ event: 'far' }], retries: 0 }, async ({ step }) => {
      await step.sleepUntil('far', new Date(8.64e15))
    })
    await jobs.start(client)
    await client.send({ name: 'far', data: {} })
    const [run] = await jobs.ended('far')
    expect(run?.state).toBe('failed')
  })

  it('is counted and called ever later where even its failure cannot be stored', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'stuck', triggers: [{ event: 'stuck' }] }, async ({ step }) => {
      await step.run('a', () => 1)
    })
    await jobs.sql`alter table job_steps add constraint no_stuck check (false) not valid`
    await jobs.sql`alter table job_runs add constraint no_failure check (attempt = 0 and state <> 'failed') not valid`
    try {
      await jobs.start(client, { leaseSeconds: 2 })
      await client.send({ name: 'stuck', data: {} })
      const read = () => jobs.sql<{ takeovers: number }>`
        select takeovers from job_runs where function_id = 'gleaner-stuck'`
      await until(async () => ((await read())[0]?.takeovers ?? 0) >= 2, 'two takeovers')
    } finally {
      await jobs.sql`alter table job_steps drop constraint no_stuck`
      await jobs.sql`alter table job_runs drop constraint no_failure`
    }
    await jobs.ended('stuck')
  }, 40_000)
})
