import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import type { Outcome, Target } from '../channels/channel'
import { channels } from '../channels/table'
import type { Message } from '../message'
import { recordSignal, recordSignals } from '../signals/record-signal'
import { signals } from '../signals/table'
import { createTestChannel, createTestOutbox, testSignal } from '../testing'
import { claimDeliveries, LEASE_SECONDS } from './claim-deliveries'
import { deliverMessage, type OutboxDeps } from './deliver-message'
import { drainLane } from './drain-lane'
import { sweep } from './jobs/sweep-deliveries'
import { withoutAwake } from './stay-awake'
import { deliveries, deliveryPaces } from './table'

const test = openTestDatabase()
const sent: Outcome = { kind: 'sent', providerId: '1' }

// Tests that move their clock leave chats that are busy in the future.
beforeEach(() => withSystem(test.db, 'test', (tx) => tx.delete(deliveryPaces)))

/** A channel to which everything gets through, noting what `note` makes of it. */
function noting<T>(note: (target: Target) => T): {
  readonly notes: T[]
  readonly send: (target: Target) => Promise<Outcome>
} {
  const notes: T[] = []
  const send = async (target: Target) => {
    notes.push(note(target))
    return sent
  }
  return { notes, send }
}

function rowsOf(workspace: TestWorkspace) {
  return workspace.run((ctx) => ctx.db.select().from(deliveries).orderBy(deliveries.createdAt, deliveries.id))
}

/** A clock that a test moves. */
function movable() {
  let ahead = 0
  const pass = (seconds: number) => {
    ahead += seconds * 1000
  }
  return { now: () => new Date(Date.now() + ahead), pass }
}

async function drainAll(deps: OutboxDeps, workspaceId: string, clock: { pass: (seconds: number) => void }) {
  for (const seconds of [13, 40, 150, 600, 2200, 5800, 17_500, 0]) {
    await drainLane(deps, { workspaceId, kind: 'email' })
    clock.pass(seconds)
  }
}

describe('no alert is lost, none is said twice', () => {
  it('1,000 changes through a channel that fails 30 % at random are 1,000 messages, none twice', {
    timeout: 120_000,
  }, async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = [await createTestChannel(workspace), await createTestChannel(workspace)]
    const told = Array.from({ length: 1000 }, (_, at) => testSignal([to[at % 2] ?? '']))
    await workspace.run((ctx) => recordSignals(ctx, told))
    const [clock, said, random] = [movable(), new Map<string, number>(), seeded(7)]
    const deps = createTestOutbox(
      test.db,
      async (_target, _message, key) => {
        if (random() < 0.3) return { kind: 'later', reason: 'network', detail: 'made to fail' }
        said.set(key, (said.get(key) ?? 0) + 1)
        return sent
      },
      clock.now,
    )
    await drainAll(deps, workspace.workspaceId, clock)
    const rows = await rowsOf(workspace)
    expect(rows.filter((row) => row.state !== 'sent')).toEqual([])
    expect(said.size).toBe(1000)
    expect([...said.values()].filter((times) => times > 1)).toEqual([])
  })

  it('the same event 20 times in parallel, and again a day later, is one delivery and one call', async () => {
    const workspace = await createTestWorkspace(test.db)
    const signal = testSignal([await createTestChannel(workspace)], { dedupeKey: 'listing.new:1' })
    await Promise.all(Array.from({ length: 20 }, () => workspace.run((ctx) => recordSignal(ctx, signal))))
    let calls = 0
    const deps = createTestOutbox(test.db, async () => {
      calls++
      return sent
    })
    const lane = { workspaceId: workspace.workspaceId, kind: 'email' } as const
    await Promise.all(Array.from({ length: 20 }, () => drainLane(deps, lane)))
    const later = new Date(Date.now() + 25 * 3600_000)
    expect(await workspace.run((ctx) => recordSignal(ctx, signal), later)).toBeNull()
    await drainLane(deps, lane)
    expect(calls).toBe(1)
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'sent', attempts: 1, uncertain: false }])
  })

  it('a signal that is rolled back leaves neither row nor message', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    const undone = workspace.run(async (ctx) => {
      await recordSignal(ctx, testSignal([to]))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await rowsOf(workspace)).toEqual([])
  })

  it('a try that died is made again when its lease runs out, and says that it may be a repeat', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const lane = { workspaceId: workspace.workspaceId, kind: 'email' } as const
    const dead = await claimDeliveries(test.db, lane, new Date(), 10)
    expect(dead.claimed).toHaveLength(1)
    expect((await claimDeliveries(test.db, lane, new Date(), 10)).claimed).toEqual([])
    const clock = movable()
    clock.pass(LEASE_SECONDS + 1)
    const heard: Message[] = []
    const deps = createTestOutbox(
      test.db,
      async (_target, message) => {
        heard.push(message)
        return sent
      },
      clock.now,
    )
    await drainLane(deps, lane)
    expect(heard.map((message) => message.footer)).toEqual(['May be a repeat: the first try got no answer'])
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'sent', attempts: 2, uncertain: true }])
  })

  it('the answer of a try that lost its lease changes nothing', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const lane = { workspaceId: workspace.workspaceId, kind: 'email' } as const
    const [slow] = (await claimDeliveries(test.db, lane, new Date(), 1)).claimed
    const [again] = (await claimDeliveries(test.db, lane, new Date(Date.now() + 3600_000), 1)).claimed
    if (!slow || !again) throw new Error('both tries must be claimed')
    await deliverMessage(
      createTestOutbox(test.db, async () => sent),
      again,
    )
    const never: Outcome = { kind: 'never', reason: 'blocked', detail: '', switchOff: true }
    await deliverMessage(
      createTestOutbox(test.db, async () => never),
      slow,
    )
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'sent', reason: null }])
  })

  it('an answer that says nothing of the message is tried again and marked', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const [clock, answers] = [
      movable(),
      [{ kind: 'later', reason: 'provider', detail: '500', uncertain: true } as const, sent],
    ]
    const deps = createTestOutbox(test.db, async () => answers.shift() ?? sent, clock.now)
    await drainAll(deps, workspace.workspaceId, clock)
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'sent', attempts: 2, uncertain: true }])
  })
})

describe('a channel says no', () => {
  it('a dead channel is switched off with its reason, and what waited is skipped, not lost from the log', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace, 'telegram', '1001')
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([to]), testSignal([to]), testSignal([to])]))
    const never: Outcome = { kind: 'never', reason: 'blocked', detail: 'Forbidden: bot was blocked', switchOff: true }
    const deps = createTestOutbox(test.db, async () => never)
    await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'telegram' })
    const [channel] = await workspace.run((ctx) => ctx.db.select().from(channels).where(eq(channels.id, to)))
    expect(channel).toMatchObject({ offReason: 'blocked' })
    const states = (await rowsOf(workspace)).map((row) => `${row.state} ${row.reason}`).sort()
    expect(states).toEqual(['failed blocked', 'skipped channel_off', 'skipped channel_off'])
    await workspace.run((ctx) => recordSignal(ctx, testSignal([to])))
    expect((await rowsOf(workspace)).at(-1)).toMatchObject({ state: 'skipped', reason: 'channel_off' })
  })

  it('a request to wait is obeyed for the whole chat and costs no try', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace, 'telegram', '1002')
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([to]), testSignal([to])]))
    const [clock, calls] = [movable(), [] as number[]]
    const start = clock.now().getTime()
    const deps = createTestOutbox(
      test.db,
      async () => {
        calls.push(Math.round((clock.now().getTime() - start) / 1000))
        return calls.length === 1 ? { kind: 'later', reason: 'too_many', detail: '429', retryAfter: 40 } : sent
      },
      clock.now,
    )
    const lane = { workspaceId: workspace.workspaceId, kind: 'telegram' } as const
    for (const seconds of [10, 20, 12, 0]) {
      await drainLane(deps, lane)
      clock.pass(seconds)
    }
    expect(calls).toHaveLength(3)
    expect(Math.min(...calls.slice(1))).toBeGreaterThanOrEqual(40)
    expect((await rowsOf(workspace)).map((row) => row.attempts)).toEqual([1, 1])
  })

  it('after eight tries it is failed with the last reason', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const clock = movable()
    const deps = createTestOutbox(
      test.db,
      async () => ({ kind: 'later', reason: 'network', detail: 'ECONNREFUSED' }),
      clock.now,
    )
    for (let round = 0; round < 10; round++) {
      await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'email' })
      clock.pass(1800 * round)
    }
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'failed', reason: 'network', attempts: 8 }])
  })

  it('an error that nobody expected is in the log, not in what members read', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const deps = createTestOutbox(test.db, async () => {
      throw new Error('Failed query: select canary from secrets')
    })
    await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'email' })
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'pending', reason: 'unsayable', detail: '' }])
  })

  it('what was settled before it was told is not told', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    await workspace.run((ctx) => ctx.db.update(signals).set({ resolvedAt: new Date() }))
    const calls = noting(() => 1)
    const deps = createTestOutbox(test.db, calls.send)
    await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'email' })
    expect(calls.notes).toEqual([])
    expect(await rowsOf(workspace)).toMatchObject([{ state: 'skipped', reason: 'resolved' }])
  })
})

describe('pace', () => {
  it('a chat gets one message a second, also when two workspaces share it and two processes send', async () => {
    const pair = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    for (const workspace of pair) {
      const to = await createTestChannel(workspace, 'telegram', '1003')
      await workspace.run((ctx) => recordSignals(ctx, [testSignal([to]), testSignal([to])]))
    }
    const { notes: at, send } = noting(() => Date.now())
    const deps = createTestOutbox(test.db, send)
    const lanes = pair.map(({ workspaceId }) => ({ workspaceId, kind: 'telegram' }) as const)
    await Promise.all([...lanes, ...lanes].map((lane) => drainLane(deps, lane)))
    const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0))
    expect(at).toHaveLength(4)
    expect(Math.min(...gaps)).toBeGreaterThan(900)
  })

  it('a chat that must wait keeps no other chat waiting', async () => {
    const workspace = await createTestWorkspace(test.db)
    const [busy, free] = [
      await createTestChannel(workspace, 'telegram', '1004'),
      await createTestChannel(workspace, 'telegram', '1005'),
    ]
    const many = Array.from({ length: 50 }, () => testSignal([busy]))
    await workspace.run((ctx) => recordSignals(ctx, [...many, testSignal([free])]))
    const { notes: targets, send } = noting((target) => target.address)
    const deps = createTestOutbox(test.db, send)
    await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'telegram' }, 500)
    expect(targets.slice(0, 2).sort()).toEqual(['1004', '1005'])
  })
})

describe('many lanes of one provider', () => {
  it('hold no connection to wait for each other', async () => {
    const crowd = await Promise.all(Array.from({ length: 10 }, () => createTestWorkspace(test.db)))
    for (const [at, workspace] of crowd.entries()) {
      const to = await createTestChannel(workspace, 'telegram', `20${at}`)
      await workspace.run((ctx) => recordSignal(ctx, testSignal([to])))
    }
    const { notes: targets, send } = noting((target) => target.address)
    const deps = createTestOutbox(test.db, send)
    const lanes = crowd.map(({ workspaceId }) => ({ workspaceId, kind: 'telegram' }) as const)
    const locks = sql`select 1 from pg_locks where not granted and locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`
    let [waiting, over] = [0, false]
    const drained = Promise.all(lanes.map((lane) => drainLane(deps, lane))).finally(() => {
      over = true
    })
    while (!over) waiting += (await test.db.execute(locks)).length
    await drained
    expect(new Set(targets).size).toBe(10)
    expect(waiting).toBe(0)
  })
})

describe('a lane that is awake', () => {
  it('takes what is written meanwhile, and no event is sent for it', async () => {
    const workspace = await createTestWorkspace(test.db)
    const { workspaceId } = workspace
    const to = await createTestChannel(workspace)
    const write = () => workspace.run((ctx) => recordSignal(ctx, testSignal([to])))
    const due = [{ name: 'delivery/due', data: { workspaceId, kind: 'email', lane: `${workspaceId}/email` } }]
    const left: unknown[] = []
    const { notes, send } = noting(() => 1)
    const deps = createTestOutbox(test.db, async (target) => {
      // The first message is under way: what is written now would have an event of its own.
      if (notes.length === 0) await write().then(() => left.push(...withoutAwake(test.db, due)))
      return send(target)
    })
    await write()
    expect(withoutAwake(test.db, due)).toEqual(due)
    expect(await drainLane(deps, { workspaceId, kind: 'email' })).toEqual({ sent: 2, more: false })
    expect(left).toEqual([])
    expect(withoutAwake(test.db, due)).toEqual(due)
  })

  it('answers that more waits, when there was news as it went to sleep', async () => {
    const workspace = await createTestWorkspace(test.db)
    const lane = { workspaceId: workspace.workspaceId, kind: 'email' } as const
    const due = [{ name: 'delivery/due', data: { ...lane, lane: `${lane.workspaceId}/email` } }]
    const deps = createTestOutbox(test.db, async () => sent)
    const draining = drainLane(deps, lane)
    // Its claim is under way and may have looked already.
    await test.db.execute(sql`select 1`)
    const heard = withoutAwake(test.db, due).length === 0
    expect(await draining).toEqual({ sent: 0, more: heard })
  })
})

describe('sweep', () => {
  it('finds what no event woke: due rows, and rows whose lease ran out', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run(async (ctx) => recordSignal(ctx, testSignal([await createTestChannel(workspace)])))
    const woken: unknown[] = []
    const deps = {
      ...createTestOutbox(test.db, async () => sent),
      send: async (events: readonly unknown[]) => void woken.push(...events),
    }
    const { workspaceId } = workspace
    const event = { name: 'delivery/due', data: { workspaceId, kind: 'email', lane: `${workspaceId}/email` } }
    await sweep(deps)
    expect(woken).toContainEqual(event)
    await claimDeliveries(test.db, { workspaceId, kind: 'email' }, new Date(), 1)
    woken.length = 0
    await sweep(deps)
    expect(woken).not.toContainEqual(event)
    await sweep({ ...deps, clock: () => new Date(Date.now() + (LEASE_SECONDS + 1) * 1000) })
    expect(woken).toContainEqual(event)
  })

  it('what waits for a deleted channel is skipped', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    await workspace.run((ctx) => recordSignal(ctx, testSignal([to])))
    await workspace.run((ctx) => ctx.db.update(channels).set({ deletedAt: new Date() }))
    await sweep(createTestOutbox(test.db, async () => sent))
    const rows = await withSystem(test.db, 'test', (tx) =>
      tx.select().from(deliveries).where(eq(deliveries.channelId, to)),
    )
    expect(rows).toMatchObject([{ state: 'skipped', reason: 'channel_deleted' }])
  })

  it('a try that died is skipped once its lease ran out where the channel is off, and may be a repeat later', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    await workspace.run((ctx) => recordSignal(ctx, testSignal([to])))
    await claimDeliveries(test.db, { workspaceId: workspace.workspaceId, kind: 'email' }, new Date(), 1)
    await workspace.run((ctx) => ctx.db.update(channels).set({ offAt: new Date(), offReason: 'blocked' }))
    const row = async () => (await workspace.run((ctx) => ctx.db.select().from(deliveries)))[0]
    await sweep(createTestOutbox(test.db, async () => sent))
    expect(await row()).toMatchObject({ state: 'sending' })
    const later = () => new Date(Date.now() + (LEASE_SECONDS + 1) * 1000)
    await sweep(createTestOutbox(test.db, async () => sent, later))
    expect(await row()).toMatchObject({ state: 'skipped', reason: 'channel_off', uncertain: true, leaseId: null })
  })
})

/** mulberry32, so that a failure can be repeated. */
function seeded(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
