import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { onCron, onEvent } from './define'
import { dashboardOf, type JobsDesk } from './desk'
import { createHandler } from './engine/handler'
import { readRegistry } from './engine/registry'
import { createTestJobs, until } from './engine/testing'
import { createFunctions, declareFunctions } from './functions'
import { listEvents } from './list-events'
import { listFunctions, refusedFunction } from './list-functions'
import { listRuns } from './list-runs'
import { readRun } from './read-run'
import { readWhole } from './read-whole'
import { runNow } from './run-now'
import { runFilterSchema } from './schema'

const test = openTestDatabase()
const jobs = createTestJobs(test)

type Told = { clock: () => Date }
const clocked = onCron<Told>({ id: 'clocked', cron: '0 5 * * *', retries: 0 }, async (deps, { event, step }) =>
  step.run('look', async () => ({ clock: deps.clock().toISOString(), tick: new Date(event.ts).toISOString() })),
)
const greeter = onEvent<Told, 'host/scan.due'>(
  { id: 'greeter', event: 'host/scan.due', retries: 0 },
  async (_, run) => {
    await run.step.run('greet', () => ({ host: run.event.data.host, token: 'canary-4cf7b2e1d09a4b6c8e35' }))
    if (run.event.data.host === 'broken') throw new Error('no answer of postgres://me:canary-4cf7b2e1@db/x')
    return 'done'
  },
)
const all = [clocked, greeter]

function openDesk(mode: JobsDesk['mode'] = 'embedded'): JobsDesk {
  const client = jobs.client()
  const functions = declareFunctions(client, all)
  const registry = readRegistry(createHandler(client, functions), functions)
  return { mode, dashboard: null, registry: () => registry }
}

async function startAll() {
  const client = jobs.client()
  const deps = { clock: () => new Date() }
  await jobs.start(client, { functions: createFunctions(client, deps, all) })
  return client
}

const filter = (input: object = {}) => runFilterSchema.parse(input)

describe('a run that is begun by hand', () => {
  it('of a schedule sees the given time as its tick and on its clock', async () => {
    await startAll()
    const now = '2026-03-29T03:00:00.000Z'
    const { run } = await runNow({ db: test.db, jobs: openDesk() }, { function: 'clocked', now }, 'command line')
    const [ended] = await jobs.ended('clocked')
    expect(ended).toMatchObject({ id: run, state: 'completed', output: { clock: now, tick: now } })
  })

  it('of a schedule sees the clock’s own time where none is given', async () => {
    await startAll()
    const before = Date.now()
    const { run } = await runNow({ db: test.db, jobs: openDesk() }, { function: 'gleaner-clocked' }, 'command line')
    await until(async () => (await readRun(test.db, run)).state === 'completed', 'the run')
    const { clock } = JSON.parse((await readRun(test.db, run)).output?.text ?? '{}')
    expect(Date.parse(clock)).toBeGreaterThanOrEqual(before)
  })

  it('of an event gets its data, and no other function hears of it', async () => {
    await startAll()
    const data = JSON.stringify({ host: 'www.example.org' })
    const { run } = await runNow({ db: test.db, jobs: openDesk() }, { function: 'greeter', data }, 'command line')
    await until(async () => (await readRun(test.db, run)).state === 'completed', 'the run')
    expect((await readRun(test.db, run)).eventName).toBe('host/scan.due')
    expect((await listEvents(test.db, { limit: 50 })).events).toEqual([])
  })

  it.each([
    [{ function: 'nobody' }, 'not_found', 'jobs.noFunction'],
    [{ function: 'greeter', data: '[1]' }, 'bad_input', 'jobs.badData'],
    [{ function: 'greeter', data: '{' }, 'bad_input', 'jobs.badData'],
    [{ function: 'greeter', data: JSON.stringify({ host: 'x'.repeat(520 * 1024) }) }, 'bad_input', 'jobs.badData'],
    [{ function: 'greeter', data: '{}', now: '2026-03-29T03:00:00Z' }, 'bad_input', 'jobs.noSchedule'],
  ])('is refused with its reason: %#', async (input, code, reason) => {
    await expect(runNow({ db: test.db, jobs: openDesk() }, input, 'command line')).rejects.toMatchObject({
      code,
      reason,
    })
  })

  it('is refused where an Inngest server is in charge', async () => {
    const asked = runNow({ db: test.db, jobs: openDesk('inngest') }, { function: 'clocked' }, 'command line')
    await expect(asked).rejects.toMatchObject({ code: 'conflict', reason: 'jobs.inngest' })
  })
})

describe('what the page of jobs shows', () => {
  it('an event with the runs that it began, and a run’s steps, without secrets', async () => {
    const client = await startAll()
    await client.send({ name: 'host/scan.due', data: { host: 'broken', password: 'canary-4cf7b2e1' } })
    const [ended] = await jobs.ended('greeter', 2).then((runs) => runs.filter(({ state }) => state === 'failed'))
    const run = await readRun(test.db, ended?.id ?? '')
    expect(run).toMatchObject({ state: 'failed', eventName: 'host/scan.due', error: { name: 'Error' } })
    expect(run.steps).toMatchObject([{ name: 'greet', state: 'done', op: 'StepRun' }])
    const { events } = await listEvents(test.db, { limit: 50 })
    expect(events[0]).toMatchObject({ name: 'host/scan.due', runs: [{ id: run.id, state: 'failed' }] })
    const { runs } = await listRuns(test.db, filter({ state: 'failed' }))
    expect(runs[0]).toMatchObject({ id: run.id, eventName: 'host/scan.due' })
    expect(JSON.stringify([run, events, runs])).not.toContain('canary-4cf7b2e1')
  })

  it('functions with what begins them, their next tick and how they last ended', async () => {
    await startAll()
    const shown = await listFunctions(test.db, openDesk())
    const [clock, greet] = shown
    expect(clock).toMatchObject({ id: 'gleaner-clocked', events: [], crons: [{ text: '0 5 * * *' }], tries: 1 })
    expect(Date.parse(clock?.crons[0]?.nextAt ?? '')).toBeGreaterThan(Date.now())
    expect(clock?.lastSuccess).not.toBeNull()
    expect(greet).toMatchObject({ events: ['host/scan.due'], crons: [], lastFailure: { at: expect.any(String) } })
  })

  it('a function that the engine refuses, in the words of the refusal', async () => {
    expect(await refusedFunction(openDesk())).toBeNull()
    const client = jobs.client()
    const wrong = onCron<Told>({ id: 'wrong', cron: 'every now and then' }, async () => 1)
    const functions = declareFunctions(client, [wrong])
    const registry = () => readRegistry(createHandler(client, functions), functions)
    expect(await refusedFunction({ mode: 'embedded', dashboard: null, registry })).toContain('function gleaner-wrong')
  })

  it('an event that a debounce keeps, with the time at which it begins its run', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'calm', triggers: [{ event: 'calm' }], debounce: { period: '1h' } }, async () => 1)
    await jobs.start(client)
    await client.send({ name: 'calm', data: {} })
    const shown = async () => (await listEvents(test.db, { limit: 50 })).events.find(({ name }) => name === 'calm')
    await until(async () => (await shown())?.isRouted === true, 'the event')
    expect(await shown()).toMatchObject({ runs: [], error: null, held: [{ functionId: 'gleaner-calm' }] })
    expect(Date.parse((await shown())?.held[0]?.dueAt ?? '')).toBeGreaterThan(Date.now() + 3_000_000)
  })

  it('runs a page at a time, each once, newest first, whatever the filter', async () => {
    await jobs.sql`delete from job_runs`
    await jobs.sql`
      insert into job_runs (id, function_id, event, state, finished_at, due_at, created_at, reason)
      select gen_random_uuid(), 'gleaner-many', '{"name":"x"}', case when s = 'waiting' then 'sleeping' else s end, case when s in ('completed', 'failed') then now() end,
        now() + interval '1 hour', now(), s
      from unnest(array['completed', 'failed', 'queued', 'sleeping', 'waiting', 'running']) s, generate_series(1, 25)`
    await jobs.sql`
      insert into job_steps (run_id, hash, name, op, state)
      select id, 'h', 'answer', 'WaitForEvent', 'waiting' from job_runs where reason = 'waiting'`
    const read = async (input: object) => {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page = await listRuns(test.db, filter({ ...input, limit: 10, ...(cursor && { cursor }) }))
        ids.push(...page.runs.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor)
      return ids
    }
    expect(new Set(await read({})).size).toBe(150)
    for (const state of ['completed', 'failed', 'queued', 'sleeping', 'waiting', 'running']) {
      const ids = await read({ state, function: 'gleaner-many' })
      expect([ids.length, new Set(ids).size], state).toEqual([25, 25])
    }
    expect(await read({ function: 'gleaner-other' })).toEqual([])
  })

  it('why a run waits: a limit with its key, a throttle (also as its first), or nothing but its time', async () => {
    await jobs.sql`delete from job_runs`
    const add = (blocked: string | null, throttle: string | null) => jobs.sql`
      insert into job_runs (id, function_id, event, blocked_on, throttle)
      values (${newId()}, 'gleaner-x', '{}', ${blocked}, ${throttle})`
    await add(null, null)
    await add('0:gleaner-x/0/"www.example.org/a"', null)
    await add('2:env//"shared"', null)
    await add('t', 't')
    await add(null, 't')
    const { runs } = await listRuns(test.db, filter({ state: 'queued' }))
    expect(runs.map(({ hold }) => hold).toReversed()).toEqual([
      null,
      { kind: 'limit', owner: 'gleaner-x', key: '"www.example.org/a"' },
      { kind: 'limit', owner: 'env', key: '"shared"' },
      { kind: 'throttle' },
      { kind: 'throttle' },
    ])
  })

  it('a run that waits names its event and until when; one that invokes leads to the other and back', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'asker', triggers: [{ event: 'ask' }] }, ({ step }) =>
      step.waitForEvent('answer', { event: 'answered', timeout: '1h' }),
    )
    const child = client.createFunction({ id: 'child', triggers: [{ event: 'never' }] }, ({ step }) =>
      step.sleep('long', '1h'),
    )
    client.createFunction({ id: 'parent', triggers: [{ event: 'ask' }] }, ({ step }) =>
      step.invoke('call', { function: child, data: {} }),
    )
    await jobs.start(client)
    await client.send({ name: 'ask', data: {} })
    const find = async (id: string) =>
      (await listRuns(test.db, filter({ function: `gleaner-${id}` }))).runs.find(({ state }) => /ing$/.test(state))
    await until(async () => (await find('asker'))?.state === 'waiting', 'the wait')
    await until(async () => (await find('child'))?.state === 'sleeping', 'the child')
    const asker = await readRun(test.db, (await find('asker'))?.id ?? '')
    expect(asker).toMatchObject({ state: 'waiting', dueAt: expect.any(String) })
    expect(asker.steps).toMatchObject([{ name: 'answer', state: 'waiting', awaits: 'answered' }])
    const begun = await readRun(test.db, (await find('child'))?.id ?? '')
    const parent = await readRun(test.db, begun.parent?.id ?? '')
    expect(parent.steps).toMatchObject([{ name: 'call', child: { id: begun.id } }])
    const { runs } = await listRuns(test.db, filter({ state: 'waiting' }))
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining([asker.id, parent.id]))
    const asleep = await listRuns(test.db, filter({ state: 'sleeping' }))
    expect(asleep.runs.map(({ id }) => id)).not.toContain(asker.id)
  })

  it('a run that is gone is told as not found', async () => {
    await expect(readRun(test.db, newId())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the dashboard of an Inngest server', () => {
  it.each([
    [{ INNGEST_DEV: '1' }, 'http://localhost:8288'],
    [{ INNGEST_DEV: 'http://localhost:9000' }, 'http://localhost:9000'],
    [{ INNGEST_BASE_URL: 'http://inngest:8288', INNGEST_EVENT_KEY: 'e' }, 'http://inngest:8288'],
    [
      { INNGEST_BASE_URL: 'http://inngest:8288', INNGEST_DASHBOARD_URL: 'http://localhost:8288' },
      'http://localhost:8288',
    ],
    [{ INNGEST_EVENT_KEY: 'e', INNGEST_SIGNING_KEY: 's' }, 'https://app.inngest.com'],
  ])('of %j is at %s', (env, address) => {
    expect(dashboardOf(env)).toBe(address)
  })
})

describe('a run with much in it', () => {
  const secret = 'canary-4cf7b2e1d09a4b6c8e35'
  /** As large as a page that a step read, a secret across the place where it is cut. */
  const large = (at: number) =>
    JSON.stringify({ html: 'x'.repeat(at - 30), token: `${secret}${'9'.repeat(100)}`, end: 'y'.repeat(200_000) })

  async function addLarge(): Promise<string> {
    const id = newId()
    const event = JSON.stringify({ name: 'large', data: { html: 'x'.repeat(5000) } })
    const error = JSON.stringify({ name: 'Error', message: 'No "answer" of it\n', stack: 'at x\n'.repeat(20_000) })
    await jobs.sql`
      insert into job_runs (id, function_id, event, state, output, error)
      values (${id}, 'gleaner-large', ${event}, 'completed', ${large(4000)}, ${error})`
    await jobs.sql`
      insert into job_steps (run_id, hash, name, op, state, position, data)
      select ${id}, 'h' || n, 'n', 'StepRun', 'done', n, ${large(1000)} from generate_series(1, 500) n`
    return id
  }

  it('shows the beginning of each payload, and secrets neither in it nor at its edge', async () => {
    const run = await readRun(test.db, await addLarge())
    expect(run.steps).toHaveLength(500)
    expect([run.output?.cut, run.steps[0]?.output?.cut, run.eventName]).toEqual([true, true, 'large'])
    expect(run.error).toMatchObject({ name: 'Error', message: 'No "answer" of it\n' })
    const answer = JSON.stringify(run)
    expect(answer.length).toBeLessThan(700_000)
    expect(answer).not.toContain('canary')
  })

  it('gives each of them whole to who asks for it, without secrets', async () => {
    const run = await addLarge()
    const whole = [
      await readWhole(test.db, { of: 'output', run }),
      await readWhole(test.db, { of: 'step', run, hash: 'h7' }),
    ]
    for (const shown of whole) {
      expect(shown?.cut).toBe(false)
      expect(JSON.parse(shown?.text ?? '')).toMatchObject({
        token: '[redacted]',
        end: expect.stringMatching(/^y{200000}$/),
      })
    }
    const begun = await readWhole(test.db, { of: 'begunBy', run })
    expect(JSON.parse(begun?.text ?? '')).toMatchObject({ name: 'large' })
    await expect(readWhole(test.db, { of: 'step', run, hash: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
