import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { members } from '@/accounts/table'
import { createTestWorkspace } from '@/accounts/testing'
import { closeDatabase, type Database, driverPool, openDatabase } from './client'
import { type EmbeddedServer, startEmbeddedServer } from './embedded/server'
import { listen } from './listen'
import { withSystem, withWorkspace } from './scope'
import { openTestDatabase } from './testing'
import { createGate } from './testing-gate'

const NEVER = 'never settled'

/** How it ended, as a word, within some seconds. */
function endOf(work: Promise<unknown>, seconds = 10): Promise<string> {
  const ended = work.then(
    () => 'done',
    (error) => String(codeOf(error) ?? error),
  )
  return Promise.race([ended, sleep(seconds * 1000, NEVER, { ref: false })])
}

function codeOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return cause instanceof Error && 'code' in cause ? cause.code : undefined
}

/** What a connection that broke is told as: by PostgreSQL, by the system, or by the driver. */
const BROKEN = /^(done|57P0[123]|08006|ECONNRESET|ECONNREFUSED|EPIPE|CONNECT_TIMEOUT)$/

/** Errors that nobody waited for: each would have ended a process of ours. */
const stray: unknown[] = []
const note = (error: unknown) => void stray.push(error)

beforeAll(() => {
  process.on('unhandledRejection', note).on('uncaughtException', note)
})
afterAll(() => {
  process.off('unhandledRejection', note).off('uncaughtException', note)
})
afterEach(() => expect(stray).toEqual([]))

const one = sql`select 1`
const nap = (seconds: number): SQL => sql`select pg_sleep(${seconds}::float8)`

describe('connections that are cut', () => {
  const test = openTestDatabase()
  const open = (max: number) => openDatabase({ url: test.url, max, name: 'victim' })
  const cut = () =>
    test.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = current_user and application_name <> 'gleaner test'`)

  /** PostgreSQL cuts a little after it was told to. */
  async function worksSoon(db: Database): Promise<void> {
    await sleep(50)
    expect(await endOf(withSystem(db, 'next', (tx) => tx.execute(one)))).toBe('done')
  }

  it('what a cut transaction still asks is refused, and never answered in another workspace’s', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const db = open(1)
    let later = ''
    const first = withWorkspace(db, mine.workspaceId, async (tx) => {
      await cut()
      await sleep(150)
      later = await endOf(tx.update(members).set({ role: 'viewer' }))
    })
    await sleep(50)
    const second = withWorkspace(db, other.workspaceId, async (tx) => {
      await sleep(300)
      return tx.select().from(members)
    })
    expect(await endOf(first)).toBe('08006')
    expect(later).toBe('08006')
    expect(await second).toMatchObject([{ workspaceId: other.workspaceId, role: 'owner' }])
    await closeDatabase(db)
  })

  it('what a transaction asks after its end is refused', async () => {
    const mine = await createTestWorkspace(test.db)
    const late = withWorkspace(test.db, mine.workspaceId, async (tx) => ({ ask: () => tx.select().from(members) }))
    await expect((await late).ask()).rejects.toMatchObject({
      cause: { message: expect.stringContaining('transaction is over') },
    })
  })

  it('what a rolled back transaction still asks is refused, and not committed by itself', async () => {
    await test.db.execute(sql`create table strays (n int)`)
    let writer = Promise.resolve()
    const rolledBack = test.db.transaction(async (tx) => {
      writer = (async () => {
        await tx.execute(nap(0.05))
        await tx.execute(sql`insert into strays values (1)`)
      })()
      await Promise.all([writer, Promise.reject(new Error('the true reason'))])
    })
    await expect(rolledBack).rejects.toThrow('the true reason')
    await expect(writer).rejects.toMatchObject({ cause: { message: expect.stringContaining('transaction is over') } })
    expect(await test.db.execute(sql`select * from strays`)).toEqual([])
  })

  it('cut two hundred times, every query and transaction ends, and no connection is lost for good', async () => {
    const mine = await createTestWorkspace(test.db)
    const db = open(4)
    const ways = [
      () => withWorkspace(db, mine.workspaceId, (tx) => tx.execute(nap(0.01))),
      () => withSystem(db, 'cut', (tx) => Promise.all([1, 2, 3].map(() => tx.execute(nap(0.004))))),
      () => withSystem(db, 'cut', (tx) => tx.transaction((inner) => sleep(8).then(() => inner.execute(one)))),
      () => db.execute(nap(0.01)),
      () => db.select().from(members),
    ]
    const ends = new Map<string, number>()
    for (let cuts = 0; cuts < 200; cuts += 1) {
      const all = ways.map((way) => endOf(way()))
      await sleep(randomInt(15))
      await cut()
      for (const end of await Promise.all(all)) ends.set(end, (ends.get(end) ?? 0) + 1)
      if (cuts % 10 === 0) await worksSoon(db)
    }
    expect([...ends.keys()].filter((end) => !BROKEN.test(end))).toEqual([])
    expect(driverPool(db)).toMatchObject({ waitingCount: 0 })
    expect(driverPool(db).totalCount).toBe(driverPool(db).idleCount)
    await closeDatabase(db)
    const left = sql`select 1 from pg_stat_activity where datname = current_database() and application_name = 'victim'`
    expect(await test.db.execute(left)).toEqual([])
  })

  it('a pool whose unused connections were cut does not show it', async () => {
    const db = open(4)
    for (let cuts = 0; cuts < 20; cuts += 1) {
      await Promise.all([1, 2, 3, 4].map(() => db.execute(nap(0.002))))
      await cut()
      await worksSoon(db)
    }
    await closeDatabase(db)
  })

  it('what went wrong is told, not the rollback that could not be done', async () => {
    const db = open(1)
    const work = withSystem(db, 'wrong', async () => {
      await cut()
      throw new Error('the true reason')
    })
    await expect(work).rejects.toThrow('the true reason')
    await closeDatabase(db)
  })
})

describe('a server that goes away', () => {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-cut-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const start = () => startEmbeddedServer({ root, directory, settings: { fsync: 'off', shared_buffers: '16MB' } })
  let server: EmbeddedServer
  let db: Database
  const gate = createGate(() => server.url)
  const heard: string[] = []

  beforeAll(async () => {
    server = await start()
    await gate.open()
    db = openDatabase({ url: gate.url(server.url), max: 4 })
    await listen(db, 'notes', { heard: (note) => heard.push(note), connected: () => heard.push('connected') })
  })
  afterAll(async () => {
    await closeDatabase(db, 1)
    await gate.close()
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  /** More than there are connections, so that some wait for one. */
  const busy = () => [
    ...[1, 2, 3].map(() => db.execute(nap(1))),
    ...[1, 2, 3].map(() => db.transaction((tx) => tx.execute(nap(1)).then(() => tx.execute(one)))),
  ]

  async function until(holds: () => boolean): Promise<void> {
    for (let left = 200; left > 0 && !holds(); left -= 1) await sleep(50)
    expect(holds()).toBe(true)
  }

  it('killed at once and started again: all under way is told so, and the next query works', async () => {
    const all = busy().map((work) => endOf(work))
    await sleep(200)
    process.kill(server.pid, 'SIGQUIT')
    expect((await Promise.all(all)).filter((end) => end === 'done' || !BROKEN.test(end))).toEqual([])
    await gate.close()
    for (let asked = 0; asked < 20; asked += 1) {
      expect(await endOf(db.transaction((tx) => tx.execute(one)))).toMatch(/ECONNREFUSED/)
      await sleep(50)
    }
    server = await start()
    await gate.open()
    expect(await endOf(db.transaction((tx) => tx.execute(one)))).toBe('done')
    await until(() => heard.filter((note) => note === 'connected').length === 2)
    await db.execute(sql`select pg_notify('notes', 'back')`)
    await until(() => heard.includes('back'))
  })

  it('frozen for seconds: all is answered once it goes on', async () => {
    const all = [...busy(), listen(db, 'more notes', { heard: () => undefined, connected: () => undefined })]
    await sleep(200)
    signalAll('SIGSTOP')
    await sleep(3000)
    signalAll('SIGCONT')
    expect(new Set(await Promise.all(all.map((work) => endOf(work))))).toEqual(new Set(['done']))
    expect(driverPool(db)).toMatchObject({ waitingCount: 0, idleCount: driverPool(db).totalCount })
  })

  /** To the server and each of its processes. */
  function signalAll(signal: NodeJS.Signals): void {
    const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().trim().split('\n')
    const pairs = children.map((line) => line.trim().split(/\s+/).map(Number))
    const pids = pairs.filter(([, parent]) => parent === server.pid).map(([pid = 0]) => pid)
    for (const pid of [server.pid, ...pids]) process.kill(pid, signal)
  }
})
