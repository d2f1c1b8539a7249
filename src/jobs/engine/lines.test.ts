import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { callReleaseRuns, createTestJobs, until } from './testing'
import { createGauge, define, defineHeld, range, send } from './testing-lines'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function blocked(job: string) {
  return jobs.sql<{ id: string; n: number; line: string }>`
    select id, (event::json -> 'data' ->> 'n')::int as n, blocked_on as line from job_runs
    where function_id = ${`gleaner-${job}`} and blocked_on is not null and state in ('queued', 'sleeping')
    order by order_at, id`
}

async function idOf(job: string, n: number): Promise<string> {
  const [row] = await jobs.sql`
    select id from job_runs where function_id = ${`gleaner-${job}`} and (event::json -> 'data' ->> 'n')::int = ${n}`
  return String(row?.id)
}

describe('those who wait for a place', () => {
  it('are seen, with what they wait for', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'seen')
    await jobs.start(client)
    await send(client, 'seen', [0, 1, 2])
    await until(() => began.length === 1, 'the first')
    await until(async () => (await blocked('seen')).length === 2, 'the others to wait')
    expect((await blocked('seen')).map(({ n, line }) => [n, line])).toEqual([
      [1, '1:gleaner-seen/0/'],
      [2, '1:gleaner-seen/0/'],
    ])
    letGo()
    await jobs.ended('seen', 3)
    expect(await blocked('seen')).toHaveLength(0)
  })

  it('are passed over when they are cancelled', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'gone')
    await jobs.start(client)
    await send(client, 'gone', [0, 1, 2])
    await until(() => began.length === 1, 'the first')
    await until(async () => (await blocked('gone')).length === 2, 'the others to wait')
    expect(await callReleaseRuns(test, [await idOf('gone', 1)])).toBe(1)
    letGo()
    await jobs.ended('gone', 2)
    expect(began).toEqual([0, 2])
    expect((await jobs.runs('gone')).map(({ state }) => state)).toEqual(['completed', 'cancelled', 'completed'])
  })

  it('are called when the first of those that were made together is cancelled before it began', async () => {
    await jobs.stop(await jobs.start(jobs.client()))
    await jobs.sql`
      insert into job_runs (id, function_id, event, slots, blocked_on)
      select gen_random_uuid(), 'gleaner-made', json_build_object('data', json_build_object('n', n)), '{1:gleaner-made/0/}',
        case when n > 0 then '1:gleaner-made/0/' end from generate_series(0, 2) n`
    await callReleaseRuns(test, [await idOf('made', 0)])
    const called = await jobs.sql<{ to: string }>`
      select called_to as to from job_runs where function_id = 'gleaner-made' and called_to is not null`
    expect(called.map(({ to }) => to)).toEqual(['1:gleaner-made/0/'])
    expect(await blocked('made')).toHaveLength(1)
  })

  it('get the place of a running one that is cancelled, at once', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'cut')
    await jobs.start(client)
    await send(client, 'cut', [0, 1])
    await until(() => began.length === 1, 'the first')
    await until(async () => (await blocked('cut')).length === 1, 'the other to wait')
    await callReleaseRuns(test, [await idOf('cut', 0)])
    await jobs.ended('cut', 1)
    expect(began).toEqual([0, 1])
    letGo()
    await pause(100)
    expect((await jobs.runs('cut')).map(({ state }) => state)).toEqual(['cancelled', 'completed'])
  })

  it('go on under the next engine when theirs has stopped', async () => {
    const client = jobs.client()
    const { order } = define(client, 'handed', 1)
    const first = await jobs.start(client)
    await send(client, 'handed', range(12))
    await until(() => order.length >= 3, 'three to begin')
    await jobs.stop(first)
    await jobs.start(client)
    await jobs.ended('handed', 12)
    expect(order).toEqual(range(12))
  })

  it('are set going when nobody is left to call them', async () => {
    const client = jobs.client()
    const { order } = define(client, 'stranded', 1)
    await jobs.stop(await jobs.start(client))
    // As if whoever was called had been deleted.
    await jobs.sql`
      insert into job_runs (id, function_id, event, slots, blocked_on)
      select gen_random_uuid(), 'gleaner-stranded', json_build_object('name', 'stranded', 'data', json_build_object('n', n)),
        '{1:gleaner-stranded/0/}', '1:gleaner-stranded/0/' from generate_series(1, 3) n`
    await jobs.start(client)
    await jobs.ended('stranded', 3)
    expect([...order].sort()).toEqual([1, 2, 3])
  })

  it('stand in the order in which their events were sent, though a later one was routed first', async () => {
    const client = jobs.client()
    const held = defineHeld(client, 'sent-first')
    await jobs.start(client)
    await send(client, 'sent-first', [0])
    await until(() => held.began.length === 1, 'the first to hold the place')
    // The event that was sent first is with a worker that is slow to route it.
    const [slow] = await jobs.sql<{ id: string }>`
      insert into job_events (id, key, name, payload)
      values (${newId()}, 'slow', 'sent-first', '{"name":"sent-first","data":{"n":1}}') returning id`
    await send(client, 'sent-first', [2])
    const waiting = async () => jobs.sql`
      select from job_runs where function_id = 'gleaner-sent-first' and blocked_on is not null`
    await until(async () => (await waiting()).count === 1, 'the later one to stand in line')
    await jobs.sql`select graphile_worker.add_job('gleaner/events', ${JSON.stringify({ events: [slow?.id] })}::json)`
    await until(async () => (await waiting()).count === 2, 'both to stand in line')
    held.letGo()
    await jobs.ended('sent-first', 3)
    expect(held.began).toEqual([0, 1, 2])
  })

  it('use the higher limit of a newer release', async () => {
    const older = jobs.client()
    const { began, letGo } = defineHeld(older, 'raised')
    const first = await jobs.start(older)
    await send(older, 'raised', range(12))
    await until(() => began.length === 1, 'the first')
    letGo()
    await jobs.stop(first)
    const newer = jobs.client()
    const { most } = define(newer, 'raised', 4, createGauge(), 150)
    await jobs.start(newer)
    await jobs.ended('raised', 12)
    expect(most.all).toBe(4)
  })

  it('are cancelled there when the time of `finish` is over for them', async () => {
    const client = jobs.client()
    const concurrency = [{ limit: 1, scope: 'env', key: '"one"' }] as const
    const { began, letGo } = defineHeld(client, 'holds', { concurrency: [...concurrency] })
    const calls: string[] = []
    client.createFunction(
      { id: 'overdue', triggers: [{ event: 'overdue' }], concurrency: [...concurrency], timeouts: { finish: '2s' } },
      async ({ step }) => {
        await step.run('one', () => calls.push('one'))
        await step.sleep('nap', '1s')
        await step.run('two', () => calls.push('two'))
      },
    )
    await jobs.start(client)
    await send(client, 'overdue', [0])
    await until(async () => (await jobs.runs('overdue'))[0]?.state === 'sleeping', 'its sleep')
    await send(client, 'holds', [0])
    await until(async () => (await blocked('overdue')).length === 1, 'its place in the line')
    await until(async () => (await jobs.runs('overdue'))[0]?.state === 'cancelled', 'its end', 6000)
    expect([began, calls]).toEqual([[0], ['one']])
    letGo()
    expect(await jobs.ended('holds')).toMatchObject([{ state: 'completed' }])
  })

  it('are not looked through at every start: ten thousand cost one look each', async () => {
    const client = jobs.client()
    const { order } = define(client, 'crowd', [{ limit: 1, key: 'event.data.host' }])
    const event = { name: 'crowd', data: { n: 1, host: 'h' } }
    const slot = '0:gleaner-crowd/0/"h"'
    await jobs.sql`
      insert into job_runs (id, function_id, event, slots, blocked_on)
      select gen_random_uuid(), 'gleaner-crowd', ${JSON.stringify(event)}, array[${slot}], ${slot} from generate_series(1, 10000)`
    await jobs.sql`analyze job_runs`
    const read = async () => {
      const [row] = await jobs.sql<{ rows: number }>`
        select (sum(idx_tup_read) + sum(seq_tup_read))::int as rows from pg_stat_all_indexes i
        join pg_stat_all_tables t using (relid) where i.relname = 'job_runs' and indexrelname = 'job_runs_blocked'`
      return row?.rows ?? 0
    }
    await jobs.stop(await jobs.start(client))
    const [begun, before] = [order.length, await settledReads(read)]
    const engine = await jobs.start(client)
    await until(() => order.length >= begun + 60, 'sixty runs')
    await jobs.stop(engine)
    const after = await settledReads(read)
    expect(after).toBeGreaterThan(before)
    // One look at all of them when an engine starts, else a few rows for each.
    expect((after - before - 10_000) / (order.length - begun)).toBeLessThan(50)
  })
})

/** Statistics arrive a moment after the connection that made them has ended. */
async function settledReads(read: () => Promise<number>): Promise<number> {
  let last = await read()
  for (let same = 0; same < 5; ) {
    await pause(100)
    const now = await read()
    same = now === last ? same + 1 : 0
    last = now
  }
  return last
}

describe('priority', () => {
  const priority = { run: 'event.data.vip == true ? 120 : (event.data.late == true ? -1 : 0)' }

  it('a run with priority goes before those that wait', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'ranked', { priority })
    await jobs.start(client)
    await send(client, 'ranked', [0, 1, 2])
    await until(() => began.length === 1, 'the first')
    await until(async () => (await blocked('ranked')).length === 2, 'the others to wait')
    await send(client, 'ranked', [3], { vip: true })
    await until(async () => (await blocked('ranked')).length === 3, 'the important one to wait')
    letGo()
    await jobs.ended('ranked', 4)
    expect(began).toEqual([0, 3, 1, 2])
  })

  it('a run with a negative priority goes after those that came within so many seconds', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'later', { priority })
    await jobs.start(client)
    await send(client, 'later', [0])
    await until(() => began.length === 1, 'the first')
    await send(client, 'later', [1], { late: true })
    await send(client, 'later', [2])
    await until(async () => (await jobs.runs('later')).length === 3, 'three runs')
    letGo()
    await jobs.ended('later', 3)
    expect(began).toEqual([0, 2, 1])
  })

  it('orders runs that were made together, also without a limit', async () => {
    const client = jobs.client()
    const began: unknown[] = []
    client.createFunction(
      { id: 'sorted', triggers: [{ event: 'sorted' }], priority: { run: 'event.data.rank' } },
      async ({ event }) => began.push(event.data.rank),
    )
    await client.send([1, 500, 20, 9000].map((rank) => ({ name: 'sorted', data: { rank } })))
    await jobs.start(client, { concurrency: 1 })
    await jobs.ended('sorted', 4)
    // Three are claimed side by side, and which of them is quickest is nobody's promise.
    expect(began.slice(0, 3)).toEqual(expect.arrayContaining([9000, 500, 20]))
    expect(began[3]).toBe(1)
  })

  it('that is no number, or too high, is none, or the highest', async () => {
    const client = jobs.client()
    client.createFunction(
      { id: 'odd', triggers: [{ event: 'odd' }], priority: { run: 'event.data.rank' } },
      async () => 1,
    )
    await jobs.start(client)
    await client.send(['high', 9000, 600, -0.5].map((rank) => ({ name: 'odd', data: { rank } })))
    await jobs.ended('odd', 4)
    const rows = await jobs.sql`
      select event::json -> 'data' ->> 'rank' as rank, round(extract(epoch from e.received_at - r.order_at))::int as before
      from job_runs r join job_events e on e.id = r.event_id where function_id = 'gleaner-odd'`
    expect(Object.fromEntries(rows.map(({ rank, before }) => [rank, before]))).toEqual({
      high: 0,
      9000: 600,
      600: 600,
      '-0.5': 0,
    })
  })
})
