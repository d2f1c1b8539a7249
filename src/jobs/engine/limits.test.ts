import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import type { JobClient } from '../client'
import { callReleaseRuns, createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type Limit = { limit: number; key?: string; scope?: 'fn' | 'env' | 'account' }
type Data = { readonly n: number; readonly host?: string }

/** Counts how many steps run at a time: in all, and for each host. */
function createGauge() {
  const now: Record<string, number> = {}
  const most: Record<string, number> = {}
  const order: number[] = []
  const count = (key: string, by: number) => {
    now[key] = (now[key] ?? 0) + by
    most[key] = Math.max(most[key] ?? 0, now[key])
  }
  return {
    most,
    order,
    work: async ({ n, host = 'none' }: Data, ms = 10) => {
      order.push(n)
      count('all', 1)
      count(host, 1)
      await pause(ms)
      count('all', -1)
      count(host, -1)
    },
  }
}

function define(
  client: JobClient,
  id: string,
  concurrency: number | [Limit] | [Limit, Limit],
  gauge = createGauge(),
  ms = 10,
) {
  client.createFunction({ id, triggers: [{ event: id }], concurrency }, async ({ event, step }) => {
    const { n, host } = event.data
    await step.run('work', () => gauge.work({ n, host }, ms))
  })
  return gauge
}

/** Defines a job of limit 1 whose step `n` 0 waits until it is let go. */
function defineHeld(client: JobClient, id: string, options: object = {}) {
  const began: number[] = []
  let letGo: () => void = () => undefined
  client.createFunction({ id, triggers: [{ event: id }], concurrency: 1, ...options }, async ({ event, step }) => {
    await step.run('work', async () => {
      began.push(event.data.n)
      if (event.data.n !== 0) return
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
    })
  })
  return { began, letGo: () => letGo() }
}

function send(client: JobClient, name: string, numbers: readonly number[], data: object = {}) {
  return client.send(numbers.map((n) => ({ name, data: { n, ...data } })))
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n)

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

describe('a concurrency limit', () => {
  it('lets runs begin in the order of their events', async () => {
    const client = jobs.client()
    const { order } = define(client, 'fifo', 1)
    await Promise.all([jobs.start(client), jobs.start(client)])
    await send(client, 'fifo', range(30))
    await jobs.ended('fifo', 30)
    expect(order).toEqual(range(30))
  })

  it('of one key keeps its order, whatever the other keys do', async () => {
    const client = jobs.client()
    const { most, order } = define(client, 'fifo-key', [{ limit: 1, key: 'event.data.host' }])
    await Promise.all([jobs.start(client), jobs.start(client)])
    await client.send(range(30).map((n) => ({ name: 'fifo-key', data: { n, host: `h${n % 3}` } })))
    await jobs.ended('fifo-key', 30)
    for (const host of [0, 1, 2]) {
      const own = order.filter((n) => n % 3 === host)
      expect(own).toEqual([...own].sort((a, b) => a - b))
      expect(most[`h${host}`]).toBe(1)
    }
  })

  it('of 0 is no limit', async () => {
    const client = jobs.client()
    const { most } = define(client, 'unlimited', 0)
    await jobs.start(client)
    await send(client, 'unlimited', range(8))
    await jobs.ended('unlimited', 8)
    expect(most.all).toBeGreaterThan(1)
  })

  it.each([
    ['narrow first', [{ limit: 1, key: 'event.data.host' }, { limit: 3 }]],
    ['wide first', [{ limit: 3 }, { limit: 1, key: 'event.data.host' }]],
  ] as const)('beside another: both hold, and none waits for ever (%s)', async (name, [first, second]) => {
    const client = jobs.client()
    const id = `both-${name.replace(' ', '-')}`
    const { most } = define(client, id, [{ ...first }, { ...second }])
    await Promise.all([jobs.start(client), jobs.start(client)])
    // Most are of one host: those of the others must not stand behind them.
    await client.send(range(40).map((n) => ({ name: id, data: { n, host: `h${n < 28 ? 0 : n % 5}` } })))
    const runs = await jobs.ended(id, 40)
    expect(runs.every(({ state }) => state === 'completed')).toBe(true)
    expect(most.all).toBeLessThanOrEqual(3)
    expect(range(5).map((host) => most[`h${host}`])).toEqual([1, 1, 1, 1, 1])
  })

  it('of scope env is shared by functions with the same key, and only by them', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    for (const id of ['ai-one', 'ai-two']) define(client, id, [{ limit: 2, scope: 'env', key: '"ai"' }], gauge)
    const other = define(client, 'ai-three', [{ limit: 4, scope: 'env', key: '"other"' }], createGauge(), 150)
    await Promise.all([jobs.start(client), jobs.start(client)])
    for (const id of ['ai-one', 'ai-two', 'ai-three']) await send(client, id, range(12))
    await Promise.all(['ai-one', 'ai-two', 'ai-three'].map((id) => jobs.ended(id, 12)))
    expect(gauge.most.all).toBe(2)
    expect(other.most.all).toBeGreaterThan(2)
  })

  it('of scope account, shared by functions with limits of their own: each keeps its own, in whatever order they take them', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    const [a, b]: [Limit, Limit] = [
      { limit: 2, scope: 'account', key: '"a"' },
      { limit: 2, scope: 'account', key: '"b"' },
    ]
    define(client, 'cross-one', [a, b], gauge)
    define(client, 'cross-two', [b, a], gauge)
    define(client, 'cross-small', [{ ...a, limit: 1 }], gauge)
    await Promise.all([jobs.start(client), jobs.start(client)])
    const ids = ['cross-one', 'cross-two', 'cross-small']
    for (const id of ids) await send(client, id, range(10))
    await Promise.all(ids.map((id) => jobs.ended(id, 10)))
    expect(gauge.most.all).toBeLessThanOrEqual(2)
  })

  it('does not count runs that sleep', async () => {
    const client = jobs.client()
    const order: string[] = []
    client.createFunction(
      { id: 'napping', triggers: [{ event: 'napping' }], concurrency: 1 },
      async ({ event, step }) => {
        await step.run('before', () => order.push(`before ${event.data.n}`))
        await step.sleep('nap', '1s')
        await step.run('after', () => order.push(`after ${event.data.n}`))
      },
    )
    await jobs.start(client)
    await send(client, 'napping', range(3))
    await jobs.ended('napping', 3)
    expect(order.slice(0, 3)).toEqual(['before 0', 'before 1', 'before 2'])
    expect(order).toHaveLength(6)
  })

  it('does not count runs that wait for their next try', async () => {
    const client = jobs.client()
    const began: string[] = []
    client.createFunction(
      { id: 'failing', triggers: [{ event: 'failing' }], concurrency: 1 },
      async ({ event, attempt }) => {
        began.push(`${event.data.n}.${attempt}`)
        if (event.data.n === 0 && attempt === 0) throw new Error('once')
      },
    )
    await jobs.start(client, { backoff: () => 600 })
    await send(client, 'failing', [0, 1])
    await jobs.ended('failing', 2)
    expect(began).toEqual(['0.0', '1.0', '0.1'])
  })

  it('counts each of a run’s parallel steps, and lets them use what is free', async () => {
    const client = jobs.client()
    const gauge = createGauge()
    const concurrency = 2
    client.createFunction({ id: 'fan', triggers: [{ event: 'fan' }], concurrency }, async ({ event, step }) => {
      const work = (n: number) => step.run(`part ${n}`, () => gauge.work({ n, host: String(event.data.n) }, 40))
      await Promise.all(range(6).map(work))
      return 'joined'
    })
    await Promise.all([jobs.start(client), jobs.start(client)])
    await send(client, 'fan', [0])
    await jobs.ended('fan')
    expect(gauge.most).toEqual({ 0: 2, all: 2 })
    await send(client, 'fan', [1, 2, 3])
    expect((await jobs.ended('fan', 4)).map(({ output }) => output)).toEqual(Array(4).fill('joined'))
    expect(gauge.most.all).toBe(2)
    expect(gauge.order).toHaveLength(24)
  })

  it('leaves its place when a run fails for good', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'broken', triggers: [{ event: 'broken' }], concurrency: 1, retries: 0 }, async () => {
      throw new Error('always')
    })
    await jobs.start(client)
    await send(client, 'broken', range(5))
    const runs = await jobs.ended('broken', 5)
    expect(runs.map(({ state }) => state)).toEqual(Array(5).fill('failed'))
  })

  it('counts the steps of a run that is taken over only for the one that has it now', async () => {
    const client = jobs.client()
    const { began, letGo } = defineHeld(client, 'lost')
    await jobs.start(client)
    await send(client, 'lost', [0, 1])
    await until(() => began.length === 1, 'the first')
    await jobs.sql`update job_runs set worker_id = ${newId()} where function_id = 'gleaner-lost' and state = 'running'`
    await until(() => began.length === 2, 'the first to be begun again')
    expect(began).toEqual([0, 0])
    letGo()
    await jobs.ended('lost', 2)
    expect(began).toEqual([0, 0, 1])
  })
})

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
    expect(began).toEqual([9000, 500, 20, 1])
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
