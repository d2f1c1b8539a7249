import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs } from './engine/testing'
import { readRun } from './read-run'

const test = openTestDatabase()
const jobs = createTestJobs(test)

type Made = Parameters<ReturnType<typeof jobs.client>['createFunction']>[1]

/** The run of one function with two tries to spare, as its page shows it. */
async function runOf(id: string, body: Made) {
  const client = jobs.client()
  client.createFunction({ id, retries: 2, triggers: [{ event: 'go' }] }, body)
  await jobs.start(client)
  await client.send({ name: 'go', data: {} })
  const [run] = await jobs.ended(id, 1)
  return readRun(test.db, run?.id ?? '')
}

/** Fails as often, each time in other words. */
function failing(times: number): () => string {
  let tries = 0
  return () => {
    tries += 1
    if (tries <= times) throw new Error(`no answer, time ${tries}`)
    return 'answered'
  }
}

const told = (n: number) => ({ attempt: n, error: { message: `no answer, time ${n}` } })

describe('what went wrong in earlier tries', () => {
  it('of a step that went well in the end is kept with it, in order', async () => {
    const ask = failing(2)
    const run = await runOf('one-step', ({ step }) => step.run('ask', ask))
    expect(run).toMatchObject({ state: 'completed', tries: [], steps: [{ state: 'done', error: null }] })
    expect(run.steps[0]?.tries).toMatchObject([told(1), told(2)])
  })

  it('of steps side by side is kept with each', async () => {
    const [one, two] = [failing(1), failing(2)]
    const run = await runOf('side', ({ step }) => Promise.all([step.run('one', one), step.run('two', two)]))
    const tries = Object.fromEntries(run.steps.map((step) => [step.name, step.tries]))
    expect(tries).toMatchObject({ one: [told(1)], two: [told(1), told(2)] })
  })

  it('of a step that failed for good leaves the last to the step itself', async () => {
    const ask = failing(3)
    const run = await runOf('for-good', async ({ step }) => {
      await step.run('ask', ask).catch(() => 'given up')
    })
    expect(run.steps).toMatchObject([{ state: 'failed', error: { message: 'no answer, time 3' } }])
    expect(run.steps[0]?.tries).toMatchObject([told(1), told(2)])
  })

  it('of the function between its steps is kept with the run', async () => {
    const ask = failing(2)
    const run = await runOf('between', async ({ step }) => {
      await step.run('before', () => 1)
      return ask()
    })
    expect(run).toMatchObject({ state: 'completed', tries: [told(1), told(2)], steps: [{ name: 'before', tries: [] }] })
  })

  it('goes with its run', async () => {
    const ask = failing(1)
    const run = await runOf('gone', ({ step }) => step.run('ask', ask))
    await jobs.sql`delete from job_runs where id = ${run.id}`
    expect((await jobs.sql`select from job_failed_tries where run_id = ${run.id}`).count).toBe(0)
  })
})
