import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { openTestProgram, type TestChild } from '@/db/testing-child'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const program = openTestProgram(new URL('child-engine.ts', import.meta.url))

beforeAll(async () => {
  await jobs.sql`create table effects_once (key text primary key)`
  await jobs.sql`create table effects (at timestamptz default clock_timestamp(), run text, what text, worker text)`
})

async function startChild(name: string, slowMs: number): Promise<TestChild> {
  const env = { TEST_URL: test.url, TEST_NAME: name, TEST_SLOW_MS: String(slowMs) }
  const child = program.start(env)
  const early = once(child, 'exit').then(() => Promise.reject(new Error('the worker ended before it was ready')))
  await Promise.race([once(child.stdout, 'data'), early])
  early.catch(() => undefined)
  return child
}

async function kill(child: TestChild): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function effects(run?: string): Promise<string[]> {
  const rows = await jobs.sql<{ what: string }>`
    select what from effects where ${run ?? null}::text is null or run = ${run ?? null} order by at`
  return rows.map(({ what }) => what)
}

const KILLS = 8
const RUNS = 200
const STEPS = 10
/** As the children have it. */
const LEASE_MS = 3000

async function takeOverMs(first: TestChild): Promise<number> {
  await startChild('other', 0)
  const killed = Date.now()
  await kill(first)
  await until(async () => (await effects()).filter((what) => what === 'slow begins').length === 2, 'the take-over')
  const ms = Date.now() - killed
  await until(async () => (await open()) === 0, 'all runs to end')
  return ms
}

/** Runs that have not ended, and events whose runs are not made yet. */
async function open(): Promise<number> {
  const rows = await jobs.sql`
    select 1 from job_runs where finished_at is null union all select 1 from job_events where routed_at is null`
  return rows.count
}

async function holdInSlowStep(): Promise<TestChild> {
  await jobs.sql`delete from effects`
  const child = await startChild('held', 60_000)
  await jobs.client().send({ name: 'killed', data: {} })
  await until(async () => (await effects()).includes('slow begins'), 'the slow step')
  return child
}

/** Kills one worker after the other, each 0 to 300 ms after its first step, until all runs have ended. Answers how many. */
async function killUntilDone(): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const child = await startChild(`child ${kills}`, 0)
    const worked = await Promise.race([once(child.stdout, 'data').then(() => true), allDone()])
    if (!worked) return kills
    await sleep(Math.random() * 300)
    await kill(child)
  }
}

async function allDone(): Promise<false> {
  while ((await open()) > 0) await sleep(200)
  return false
}

describe('kill -9 of a worker', () => {
  it('another takes over in the middle of a step, and only that step is repeated', async () => {
    const first = await startChild('first', 60_000)
    await jobs.client().send({ name: 'killed', data: {} })
    await until(async () => (await effects()).includes('slow begins'), 'the slow step')
    const second = await startChild('second', 0)
    await kill(first)
    const [run] = await jobs.ended('killed')
    expect(run).toMatchObject({ state: 'completed', output: 'second' })
    await until(async () => (await effects()).includes('told'), 'the event of the step')
    const done = await effects(run?.id)
    expect(done.slice(0, 6)).toEqual(['quick 0', 'quick 1', 'quick 2', 'slow begins', 'slow begins', 'slow ends'])
    expect(done.slice(6).sort()).toEqual(['last', 'told'])
    await kill(second)
  })

  it('a worker alone goes on where it was killed when it is started again', async () => {
    await jobs.sql`delete from effects`
    const first = await startChild('alone', 60_000)
    await jobs.client().send({ name: 'killed', data: {} })
    await until(async () => (await effects()).includes('slow begins'), 'the slow step')
    await kill(first)
    await startChild('again', 0)
    const runs = await jobs.ended('killed', 2)
    expect(runs.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect((await effects(runs[1]?.id)).filter((what) => what === 'slow begins')).toHaveLength(2)
  })

  it.each([
    ['at once, where it can look for the process', 'here', 2500],
    ['within the lease, where it cannot', 'elsewhere', LEASE_MS],
  ])('another takes over %s', async (_, home, atMost) => {
    const first = await holdInSlowStep()
    if (home !== 'here') await jobs.sql`update job_workers set home = ${home}`
    const ms = await takeOverMs(first)
    // biome-ignore lint/suspicious/noConsole: the test tells how long it took.
    console.info(`taken over ${home} after ${ms} ms`)
    // The step is begun a moment after the run was taken.
    expect(ms).toBeLessThan(atMost + 500)
  })

  it('two hundred runs of ten steps, killed until all are done: each step happened, each effect once', async () => {
    await jobs.sql`delete from effects`
    const before = new Set((await jobs.sql<{ id: string }>`select id from job_runs`).map(({ id }) => id))
    const events = ['asked', 'onward'].flatMap((name) => Array.from({ length: RUNS / 2 }, () => ({ name, data: {} })))
    await jobs.client().send(events)
    const kills = await killUntilDone()
    const runs = [...(await jobs.runs('asked')), ...(await jobs.runs('onward'))].filter(({ id }) => !before.has(id))
    expect(runs.map(({ state, output, error }) => error?.message ?? [state, output])).toEqual(
      Array(RUNS).fill(['completed', 'whole']),
    )
    const wanted = runs.flatMap(({ id }) => Array.from({ length: STEPS }, (_, at) => `${id}/${at}`))
    const keys = (await jobs.sql<{ key: string }>`select key from effects_once`).map(({ key }) => key)
    expect(keys.sort()).toEqual(wanted.sort())
    const begun = await jobs.sql<{ run: string; what: string }>`
      select run, what from effects where what like 'step %' order by run, at`
    // Ten steps have names that sort as they come; one that is done is never begun again.
    for (const [at, { run, what }] of begun.entries()) {
      const last = begun[at - 1]
      if (last?.run === run) expect(what >= last.what, `run ${run}: ${what} after ${last.what}`).toBe(true)
    }
    // biome-ignore lint/suspicious/noConsole: the test tells how often it hit.
    console.info(`killed ${kills} times; ${begun.length - RUNS * STEPS} of ${RUNS * STEPS} steps were begun again`)
    expect(kills).toBeGreaterThan(0)
  }, 600_000)

  it('runs of branches, killed until all are done: of each branch only the step without a result is repeated', async () => {
    await jobs.sql`delete from effects`
    await jobs.client().send(Array.from({ length: 20 }, () => ({ name: 'branched', data: {} })))
    const kills = await killUntilDone()
    const runs = await jobs.runs('branched')
    expect(runs.map(({ state, output, error }) => error?.message ?? [state, output])).toEqual(
      Array(20).fill(['completed', 'whole']),
    )
    for (const { id } of runs) {
      const begun = await effects(id)
      for (const branch of [0, 1, 2]) {
        const own = begun.filter((what) => what.startsWith(`${branch}.`))
        expect(new Set(own).size).toBe(4)
        expect(own, `run ${id}: ${begun}`).toEqual([...own].sort())
      }
    }
    expect(kills).toBeGreaterThan(0)
  }, 120_000)

  it('killed eight times at any moment, every run ends and no finished step is repeated', async () => {
    await jobs.sql`delete from effects`
    const before = (await jobs.runs('killed')).length
    await jobs.client().send(Array.from({ length: 15 }, () => ({ name: 'killed', data: {} })))
    for (let kills = 0; kills < KILLS; kills += 1) {
      const child = await startChild(`child ${kills}`, 20)
      // Between 0 and 300 ms after its first step; a child that finds nothing left to do takes none.
      await Promise.race([once(child.stdout, 'data'), sleep(3000)])
      await sleep((kills * 83) % 300)
      await kill(child)
    }
    await startChild('last', 0)
    // Those of the tests before, too: what was killed there goes on here.
    const whole = async () => {
      const [killed, told] = await Promise.all([jobs.runs('killed'), jobs.runs('told')])
      return told.length === killed.length && [...killed, ...told].every(({ state }) => state === 'completed')
    }
    await until(whole, 'all runs and their events', 60_000)
    const runs = (await jobs.runs('killed')).slice(before)
    expect(runs.map(({ state, error }) => error?.message ?? state)).toEqual(Array(15).fill('completed'))
    for (const { id } of runs) {
      const steps = (await effects(id)).map((what) => ORDER.indexOf(what)).filter((at) => at >= 0)
      expect(steps, `run ${id}: ${await effects(id)}`).toEqual([...steps].sort((a, b) => a - b))
    }
    // biome-ignore lint/suspicious/noConsole: the test tells how often it hit.
    console.info(`killed ${KILLS} times; ${await repeated()} steps were begun again`)
    expect((await jobs.runs('told')).length).toBe((await jobs.runs('killed')).length)
  }, 120_000)
})

describe('kill -9 of a worker while runs are held back', () => {
  it('a throttled line goes on in order under the next worker, and loses nobody', async () => {
    await jobs.sql`delete from effects`
    await jobs.client().send(Array.from({ length: 20 }, (_, n) => ({ name: 'paced', data: { n } })))
    for (const [at, name] of ['paced one', 'paced two', 'paced three'].entries()) {
      const child = await startChild(name, 0)
      await until(async () => (await effects()).length > at * 3, 'some to begin')
      await kill(child)
    }
    await startChild('paced last', 0)
    const runs = await jobs.ended('paced', 20)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    expect([...new Set(await effects())]).toEqual(Array.from({ length: 20 }, (_, n) => `paced ${n}`))
  }, 60_000)

  it('a debounce fires once, though the worker that took its events is gone and two others run', async () => {
    await jobs.sql`delete from effects`
    const first = await startChild('settled one', 0)
    for (const n of [1, 2, 3]) await jobs.client().send({ name: 'settled', data: { n } })
    const events = async () => (await jobs.sql<{ events: number }>`select events from job_debounces`)[0]?.events
    await until(async () => (await events()) === 3, 'the three events')
    await kill(first)
    await Promise.all([startChild('settled two', 0), startChild('settled three', 0)])
    await jobs.ended('settled')
    await sleep(1500)
    expect(await effects()).toEqual(['settled 3'])
  }, 60_000)
})

/** A step begins only when the result of the one before is stored: then that one may not come again. */
const ORDER = ['quick 0', 'quick 1', 'quick 2', 'slow begins', 'last']

async function repeated(): Promise<number> {
  const [row] = await jobs.sql<{ n: number }>`
    select coalesce(sum(times - 1), 0)::int as n from (
      select count(*) as times from effects where what = any(${ORDER}) group by run, what
    ) counted`
  return row?.n ?? 0
}
