import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { cronTask, ROUTE_TASKS, routeTask } from './known'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A release that knows none of the functions of the others. */
function another(id: string) {
  const client = jobs.client()
  client.createFunction({ id, triggers: [{ event: `${id}/asked` }] }, async () => id)
  return client
}

describe('two releases side by side', () => {
  it('each leaves the schedules of the other alone', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'often', triggers: [{ cron: '0 0 1 1 *' }] }, async () => 1)
    await jobs.start(client)
    await jobs.start(another('older'))
    const rows = await jobs.sql<{ id: string }>`select function_id as id from job_crons`
    expect(rows.map(({ id }) => id)).toEqual(['gleaner-often'])
  })

  it('an alarm of a release that is just away waits for it, though another one lives', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'away', triggers: [{ cron: '0 0 1 1 *' }] }, async () => 'ticked')
    await jobs.start(another('older'))
    await jobs.stop(await jobs.start(client))
    await jobs.sql`update job_crons set next_at = now() where function_id = 'gleaner-away'`
    await jobs.sql`
      select graphile_worker.add_job(task_identifier, job_key => key) from graphile_worker.jobs
      where key = 'cron/gleaner-away/0 0 1 1 *'`
    await pause(1500)
    await jobs.start(client)
    expect((await jobs.ended('away'))[0]?.output).toBe('ticked')
  })

  it('an alarm that is lost is set again', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'lost', triggers: [{ cron: '0 0 1 1 *' }] }, async () => 'ticked')
    await jobs.start(client, { leaseSeconds: 1 })
    await jobs.sql`update job_crons set next_at = now() where function_id = 'gleaner-lost'`
    await jobs.sql`select graphile_worker.remove_job('cron/gleaner-lost/0 0 1 1 *')`
    expect((await jobs.ended('lost'))[0]?.output).toBe('ticked')
    await until(async () => {
      const [alarm] = await jobs.sql`
        select from graphile_worker.jobs
        where task_identifier = ${cronTask('gleaner-lost', '0 0 1 1 *')} and run_at > now()`
      return alarm !== undefined
    }, 'the next alarm')
  })

  it('an event begins the functions of both, each once, whichever routes it', async () => {
    const [older, newer] = [jobs.client(), jobs.client()]
    older.createFunction({ id: 'both', triggers: [{ event: 'shared' }] }, async () => 'old')
    newer.createFunction({ id: 'both', triggers: [{ event: 'shared' }, { event: 'new name' }] }, async () => 'new')
    newer.createFunction({ id: 'added', triggers: [{ event: 'shared' }], concurrency: 2 }, async () => 'added')
    await jobs.start(older)
    await jobs.start(newer)
    await Promise.all(Array.from({ length: 10 }, () => older.send({ name: 'shared', data: {} })))
    await Promise.all(Array.from({ length: 10 }, () => older.send({ name: 'new name', data: {} })))
    await jobs.ended('added', 10)
    await jobs.ended('both', 20)
    await pause(500)
    expect(await jobs.runs('added')).toHaveLength(10)
    expect(await jobs.runs('both')).toHaveLength(20)
  })

  it('runs that wait in line for a newer release are not failed by an older one', async () => {
    const client = jobs.client()
    let end = () => undefined as undefined
    client.createFunction({ id: 'lined', triggers: [{ event: 'lined' }], concurrency: 1 }, ({ step }) =>
      step.run('slow', () => new Promise<void>((resolve) => (end = () => void resolve()))),
    )
    await jobs.start(client)
    await client.send([1, 2].map((n) => ({ name: 'lined', data: { n } })))
    const blocked = async () => (await jobs.sql`select from job_runs where blocked_on is not null`).count
    await until(async () => (await blocked()) === 1, 'the line')
    await jobs.sql`update job_runs set due_at = now() - interval '2 hours' where blocked_on is not null`
    await jobs.start(another('older'))
    expect((await jobs.runs('lined')).map(({ state }) => state)).toEqual(['running', 'queued'])
    end()
  })
})

describe('a release that was away while an older one lived', () => {
  /** The functions of the newer release; `others` makes it another release that knows `added` as well. */
  function newer(id: string, others: readonly string[] = []) {
    const client = jobs.client()
    client.createFunction(
      { id, triggers: [{ event: `${id}/asked`, if: 'event.data.n != 3' }] },
      async ({ event }) => event.data.n,
    )
    for (const other of others) client.createFunction({ id: other, triggers: [{ event: other }] }, async () => 1)
    return client
  }
  const ask = (id: string, ...numbers: number[]) => numbers.map((n) => ({ name: `${id}/asked`, data: { n } }))

  async function allRouted(): Promise<void> {
    const open = () => jobs.sql`select from job_events where routed_at is null`
    await until(async () => (await open()).count === 0, 'the events to be routed')
  }

  it.each([
    ['as it was', 'same', []],
    ['mended, as another release', 'mended', ['more']],
  ] as const)('hears of the events of that time when it is back %s, each once', async (_how, id, others) => {
    const older = another('older')
    await jobs.start(older)
    const first = await jobs.start(newer(id))
    await older.send(ask(id, 1))
    await jobs.ended(id, 1)
    await jobs.stop(first)
    await older.send(ask(id, 2, 3, 4))
    await allRouted()
    expect(await jobs.runs(id)).toHaveLength(1)
    await jobs.start(newer(id, others), { leaseSeconds: 1 })
    await older.send(ask(id, 5))
    await jobs.ended(id, 4)
    await pause(1500)
    expect((await jobs.runs(id)).map(({ output }) => output).sort()).toEqual([1, 2, 4, 5])
  })

  it('hears of each once, though it is called to one twice at the same time', async () => {
    const client = another('twice')
    await jobs.stop(await jobs.start(client))
    const { ids } = await client.send(Array.from({ length: 50 }, () => ({ name: 'twice/asked', data: {} })))
    await jobs.sql`update job_events set routed_at = now()`
    await jobs.sql`
      select graphile_worker.add_job(${routeTask('gleaner-twice', 'twice/asked')},
        json_build_object('events', json_build_array(id)))
      from unnest(${ids}::text[]) id, generate_series(1, 2) order by id`
    await jobs.sql`delete from job_listeners`
    await jobs.start(client)
    const left = () => jobs.sql`select from graphile_worker.jobs where starts_with(task_identifier, ${ROUTE_TASKS})`
    await until(async () => (await left()).count === 0, 'all calls')
    expect(await jobs.runs('twice')).toHaveLength(50)
  })

  it('hears of them though it died, and its lease was over only when it was back', async () => {
    const older = another('older')
    await jobs.start(older)
    const first = await jobs.start(newer('died'))
    const { workerId } = await first.health()
    await jobs.stop(first)
    // As a process leaves it that was killed on another machine.
    await jobs.sql`delete from job_listeners`
    await jobs.sql`
      insert into job_workers (id, home, pid, release, functions, started_at, seen_at)
      values (${workerId}, 'elsewhere', 1, 'a', '[{"id": "gleaner-died", "events": ["died/asked"], "crons": []}]',
        now() - interval '1 hour', now() - interval '50 seconds')`
    await jobs.sql`
      insert into job_events (id, key, name, payload, received_at, routed_at)
      select id, id, 'died/asked', json_build_object('id', id, 'name', 'died/asked', 'data', json_build_object('n', 2)),
        now() - interval '20 seconds', now() - interval '20 seconds' from gen_random_uuid() id`
    await jobs.start(newer('died'), { leaseSeconds: 1 })
    expect((await jobs.ended('died'))[0]?.output).toBe(2)
  })

  it('is begun by no event from before it was first there, nor after it was away for a day', async () => {
    const older = another('older')
    await jobs.start(older)
    await older.send(ask('fresh', 1))
    await allRouted()
    const first = await jobs.start(newer('fresh'), { leaseSeconds: 1 })
    await pause(1500)
    await jobs.stop(first)
    await older.send(ask('fresh', 2))
    await allRouted()
    await jobs.sql`update job_listeners set last_at = now() - interval '25 hours'`
    await jobs.start(newer('fresh'), { leaseSeconds: 1 })
    await pause(1500)
    expect(await jobs.runs('fresh')).toHaveLength(0)
  })
})
