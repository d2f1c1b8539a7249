import { afterEach, describe, expect, it } from 'vitest'
import { users } from '@/accounts/table'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { cancelRun } from './cancel-run'
import type { JobClient } from './client'
import type { JobsDesk } from './desk'
import { createHandler } from './engine/handler'
import { readRegistry } from './engine/registry'
import { createTestJobs, until } from './engine/testing'
import { listRuns } from './list-runs'
import { readRun } from './read-run'
import { retryRun } from './retry-run'
import { requesterOf } from './rules-requester'
import { runNow } from './run-now'
import { runFilterSchema } from './schema'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const BY = 'command line'

const releases: (() => void)[] = []
afterEach(() => {
  for (const release of releases.splice(0)) release()
})

/** Holds a step until the test lets go. */
function hold(): Promise<void> {
  return new Promise((resolve) => releases.push(resolve))
}

function depsFor(client: JobClient, mode: JobsDesk['mode'] = 'embedded') {
  const registry = () => readRegistry(createHandler(client, client.funcs), client.funcs)
  return { db: test.db, jobs: { mode, dashboard: null, registry } }
}

async function statesOf(job: string): Promise<readonly string[]> {
  return (await jobs.runs(job)).map(({ state }) => state).sort()
}

const inStates = (job: string, ...states: string[]) =>
  until(async () => (await statesOf(job)).join() === states.toSorted().join(), `${job} to be ${states}`)

describe('a singleton', () => {
  it('refuses run now and retry while one of its key is open, and takes them when it has ended', async () => {
    const client = jobs.client()
    const key = 'event.data.k'
    client.createFunction(
      { id: 'single', triggers: [{ event: 'single' }], singleton: { mode: 'skip', key } },
      ({ step }) => step.run('held', hold),
    )
    await jobs.start(client)
    const deps = depsFor(client)
    const ask = (k: string) => runNow(deps, { function: 'single', data: JSON.stringify({ k }) }, BY)
    const { run } = await ask('a')
    await inStates('single', 'running')
    await expect(ask('a')).rejects.toMatchObject({ code: 'conflict', reason: 'jobs.singleton' })
    const other = await ask('b')
    await cancelRun(test, other.run, BY)
    await retryRun(deps, other.run, BY)
    await expect(retryRun(deps, other.run, BY)).rejects.toMatchObject({ code: 'conflict', reason: 'jobs.singleton' })
    await cancelRun(test, run, BY)
    await ask('a')
  })

  it('that cancels lets run now take the place of the open run', async () => {
    const client = jobs.client()
    const single = { mode: 'cancel' } as const
    client.createFunction({ id: 'newest', triggers: [{ event: 'newest' }], singleton: single }, ({ step }) =>
      step.sleep('long', '1h'),
    )
    await jobs.start(client)
    const first = await runNow(depsFor(client), { function: 'newest', data: '{}' }, BY)
    await inStates('newest', 'sleeping')
    await runNow(depsFor(client), { function: 'newest', data: '{}' }, BY)
    await inStates('newest', 'cancelled', 'sleeping')
    expect((await readRun(test.db, first.run)).state).toBe('cancelled')
  })

  it('asked for ten times at once begins one run', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'rush', triggers: [{ event: 'rush' }], singleton: { mode: 'skip' } }, ({ step }) =>
      step.run('held', hold),
    )
    await jobs.start(client)
    const deps = depsFor(client)
    const asked = Array.from({ length: 10 }, () => runNow(deps, { function: 'rush', data: '{}' }, BY))
    const answers = await Promise.allSettled(asked)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await statesOf('rush')).toHaveLength(1)
  })
})

describe('what is begun by hand', () => {
  it('waits for a place like any other run', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'narrow', triggers: [{ event: 'narrow' }], concurrency: 1 }, ({ step }) =>
      step.run('held', hold),
    )
    await jobs.start(client)
    const ask = () => runNow(depsFor(client), { function: 'narrow', data: '{}' }, BY)
    await ask()
    await inStates('narrow', 'running')
    await ask()
    const newest = async () => (await listRuns(test.db, runFilterSchema.parse({ function: 'gleaner-narrow' }))).runs[0]
    await until(async () => (await newest())?.hold?.kind === 'limit', 'the line')
    expect(await statesOf('narrow')).toEqual(['queued', 'running'])
    releases.shift()?.()
    await inStates('narrow', 'completed', 'running')
  })

  it('is begun though an idempotency key, a rate limit or a debounce has the event’s like already', async () => {
    const client = jobs.client()
    const data = '{"k":1}'
    const options = {
      once: { idempotency: 'event.data.k' },
      rated: { rateLimit: { limit: 1, period: '1h' } },
      calm: { debounce: { period: '1h' } },
    } as const
    for (const [id, option] of Object.entries(options)) {
      client.createFunction({ id, triggers: [{ event: id }], ...option }, async () => 'done')
    }
    await jobs.start(client)
    for (const id of Object.keys(options)) {
      const { run } = await runNow(depsFor(client), { function: id, data }, BY)
      await jobs.ended(id)
      await runNow(depsFor(client), { function: id, data }, BY)
      await retryRun(depsFor(client), run, BY)
      await inStates(id, 'completed', 'completed', 'completed')
    }
  })

  it('is cancelled by the event that cancels its function', async () => {
    const client = jobs.client()
    const cancelOn = [{ event: 'hand/stop', if: 'event.data.k == async.data.k' }]
    client.createFunction({ id: 'stopped', triggers: [{ event: 'hand/go' }], cancelOn }, ({ step }) =>
      step.sleep('long', '1h'),
    )
    await jobs.start(client)
    await runNow(depsFor(client), { function: 'stopped', data: '{"k":1}' }, BY)
    await inStates('stopped', 'sleeping')
    await client.send({ name: 'hand/stop', data: { k: 2 } })
    await client.send({ name: 'hand/stop', data: { k: 1 } })
    await inStates('stopped', 'cancelled')
  })

  it('is refused where an Inngest server is in charge', async () => {
    const deps = depsFor(jobs.client(), 'inngest')
    const refused = { code: 'conflict', reason: 'jobs.inngest' }
    await expect(runNow(deps, { function: 'any' }, BY)).rejects.toMatchObject(refused)
    await expect(retryRun(deps, newId(), BY)).rejects.toMatchObject(refused)
  })
})

describe('the record of who did it', () => {
  it('names who began, repeated and cancelled a run, also when that user is gone', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'told', triggers: [{ event: 'told' }] }, ({ step }) => step.sleep('long', '1h'))
    await jobs.start(client)
    const id = newId()
    await test.db.insert(users).values({ id, email: `${id}@example.org`, name: 'Ola Nowak' })
    const { run } = await runNow(depsFor(client), { function: 'told', data: '{}' }, requesterOf(id))
    await cancelRun(test, run, BY)
    const ola = { kind: 'user', name: 'Ola Nowak' }
    const machine = { kind: 'commandLine' }
    expect(await readRun(test.db, run)).toMatchObject({ requestedBy: ola, stoppedBy: machine })
    const again = await retryRun(depsFor(client), run, BY)
    await cancelRun(test, again, requesterOf(newId()))
    const { runs } = await listRuns(test.db, runFilterSchema.parse({ function: 'gleaner-told' }))
    expect(runs).toMatchObject([
      { id: again, requestedBy: machine, stoppedBy: { kind: 'user', name: null } },
      { id: run, requestedBy: ola, stoppedBy: machine },
    ])
    await client.send({ name: 'told', data: {} })
    await inStates('told', 'cancelled', 'cancelled', 'sleeping')
    const all = await listRuns(test.db, runFilterSchema.parse({ function: 'gleaner-told', state: 'sleeping' }))
    expect(all.runs).toMatchObject([{ requestedBy: null, stoppedBy: null }])
  })
})
