import { afterEach, describe, expect, it, vi } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const HOUR_MS = 3_600_000

/** As if this process's clock were wrong; that of the database is not. */
function setClockOff(ms: number): void {
  const right = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => right() + ms)
}

describe('a process whose clock is wrong', () => {
  afterEach(() => void vi.restoreAllMocks())

  it.each([
    ['an hour behind', -HOUR_MS],
    ['an hour ahead', HOUR_MS],
  ])('by %s keeps the runs at work, and gives back those that nobody drives', async (_how, off) => {
    const client = jobs.client()
    const calls: unknown[] = []
    client.createFunction({ id: 'idle', triggers: [{ event: 'idle' }], retries: 0 }, ({ event, step }) =>
      step.run('work', async () => {
        calls.push(event.data.n)
        if (event.data.n === 'long') await pause(1500)
      }),
    )
    // Its leases are named by another clock than the one by which it looks for idle runs.
    setClockOff(-off)
    const engine = await jobs.start(client, { leaseSeconds: 1 })
    const { workerId } = await engine.health()
    await client.send({ name: 'idle', data: { n: 'long' } })
    await until(() => calls.length === 1, 'the long one')
    const [leaseId, runId] = [newId(), newId()]
    vi.restoreAllMocks()
    setClockOff(off)
    await jobs.sql`
      insert into job_runs (id, function_id, event, state, lease_id, worker_id, due_at)
      values (${runId}, 'gleaner-idle', '{"name": "idle", "data": {"n": "forgotten"}}', 'running', ${leaseId}, ${workerId}, null)`
    const runs = await jobs.ended('idle', 2)
    expect(runs.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(calls.sort()).toEqual(['forgotten', 'long'])
    await jobs.sql`delete from job_runs`
  })
})
