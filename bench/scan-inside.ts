import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import type { JobEvent } from '@/accounts/context'
import { runInWorkspace } from '@/accounts/gate'
import { members, users, workspaces } from '@/accounts/table'
import type { BargainsDeps } from '@/bargains/deps'
import { recordPage } from '@/bargains/listings/record-page'
import { claimSearches } from '@/bargains/searches/claim-searches'
import { readSearch } from '@/bargains/searches/read-search'
import { createWatch } from '@/bargains/watches/create-watch'
import { newWatchSchema } from '@/bargains/watches/schema'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { withSystem } from '@/db/scope'
import { createTransport } from '@/http/guarded-fetch'
import type { Transport } from '@/http/transport'
import { mintWorkspaceId, newId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import { createTestStorage } from '@/storage/testing'
import { startWorld, type World } from '../e2e/world/world'

export type ScanFigure = { readonly measure: string; readonly value: number; readonly unit: string }

const WORKSPACES = 20
const WATCHES = 1000
const SEARCHES = 200
const ADVERTS = 39
const HOST = 'www.olx.pl'
const urlOf = (n: number) => `https://www.olx.pl/sport-hobby/rowery/krakow/q-numer${n % SEARCHES}/`

type Bench = { readonly db: Database; readonly deps: BargainsDeps & { now: number }; readonly world: World }

/** Starts a database and a market in this process, scans, and stops both. */
export async function measureScan(root: string, directory: string): Promise<readonly ScanFigure[]> {
  const server = await startEmbeddedServer({ root, directory })
  const world = await startWorld({ pageKilobytes: 900 })
  const db = openDatabase({ url: server.url })
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    return await measureOn({ db, world, deps: depsOf(db, world) })
  } finally {
    await closeDatabase(db)
    await world.close()
    await server.stop()
  }
}

function depsOf(db: Database, world: World): Bench['deps'] {
  const origins: Record<string, string> = JSON.parse(world.env().GLEANER_ORIGINS ?? '{}')
  const deps = {
    db,
    now: Date.now(),
    log: pino({ level: 'error' }),
    clock: () => new Date(deps.now),
    send: async (_events: readonly JobEvent[]) => undefined,
    random: () => 0.5,
    storage: createTestStorage(),
    transport: remember(createTransport({ origins, userAgent: 'Gleaner/bench' })),
  }
  return deps
}

/** The market makes each page once: what is measured is our side. */
function remember(transport: Transport): Transport & { forget: () => void } {
  const pages = new Map<string, ReturnType<Transport['fetch']>>()
  return {
    fetch: ({ url }) => {
      const page = pages.get(url) ?? transport.fetch({ url })
      pages.set(url, page)
      return page
    },
    forget: () => pages.clear(),
  }
}

async function measureOn(bench: Bench): Promise<readonly ScanFigure[]> {
  const { db, world } = bench
  for (let n = 0; n < SEARCHES; n++) world.market.seedMarket(ADVERTS, { matching: urlOf(n) })
  await createWatches(bench)
  await db.execute(sql`insert into hosts (host, per_minute) values (${HOST}, 1000000)`)
  await warm(bench)
  const baseline = await scanAll(bench)
  const unchanged = await scanAll(bench)
  const again = await scanAll(bench)
  for (let n = 0; n < SEARCHES; n++) world.market.publish({ matching: urlOf(n) })
  await warm(bench)
  const fresh = await scanAll(bench)
  return [
    ...figures('first read (baseline of 5 watches)', baseline),
    ...figures('unchanged page', unchanged),
    ...figures('unchanged page, listings touched', again),
    ...figures('one new advert, told to 5 watches', fresh),
  ]
}

/** Twenty workspaces, each with a channel and fifty watches. */
async function createWatches({ db, deps }: Bench): Promise<void> {
  for (let w = 0; w < WORKSPACES; w++) {
    const [workspaceId, memberId, userId, channelId] = [mintWorkspaceId(newId()), newId(), newId(), newId()]
    await withSystem(db, 'bench', async (tx) => {
      await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Bench' })
      await tx.insert(workspaces).values({ id: workspaceId, name: 'Bench' })
      await tx.insert(members).values({ id: memberId, workspaceId, userId, role: 'owner' })
      const channel = { id: channelId, workspaceId, kind: 'email' as const, name: 'Bench', locale: 'en' }
      await tx.insert(channels).values({ ...channel, address: 'bench@example.org' })
    })
    const actor = { kind: 'member', memberId, userId, role: 'owner' } as const
    for (let n = 0; n < WATCHES / WORKSPACES; n++) {
      const form = { priceTo: '99900000', notWords: ['uszkodzony'] }
      const input = { name: `Watch ${n}`, urls: [urlOf(w * 50 + n)], channelIds: [channelId], form }
      await runInWorkspace(deps, workspaceId, actor, (ctx) => createWatch(ctx, newWatchSchema.parse(input)))
    }
  }
}

async function warm({ deps }: Bench): Promise<void> {
  if ('forget' in deps.transport && typeof deps.transport.forget === 'function') deps.transport.forget()
  const rows = await deps.db.execute<{ url: string }>(sql`select url from searches`)
  for (const { url } of rows) await deps.transport.fetch({ url })
}

type Scans = {
  readonly seconds: number
  readonly record: readonly number[]
  readonly read: readonly number[]
  /** Processor time in milliseconds, which other work on the machine does not stretch. */
  readonly ours: number
  readonly database: number
}

/** Processor time of the database's connections so far; 0 where there is no /proc. */
async function databaseTime(db: Database): Promise<number> {
  const rows = await db.execute<{ pid: number }>(
    sql`select pid from pg_stat_activity where datname = current_database()`,
  )
  const ticks = rows.map(({ pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
      return Number(fields[13]) + Number(fields[14])
    } catch {
      return 0
    }
  })
  // USER_HZ is 100 on every Linux that we know.
  return ticks.reduce((sum, tick) => sum + tick * 10, 0)
}

/** One round: every search is due, is claimed, read and recorded, one after the other. */
async function scanAll({ db, deps }: Bench): Promise<Scans> {
  deps.now += 11 * 60_000
  await db.execute(sql`update searches set due_at = ${deps.clock().toISOString()}`)
  const [read, record]: [number[], number[]] = [[], []]
  const begun = performance.now()
  const [cpu, databaseBefore] = [process.cpuUsage(), await databaseTime(db)]
  for (;;) {
    const [search] = await claimSearches(db, { host: HOST, limit: 1 }, deps.clock())
    if (!search) break
    const start = performance.now()
    const reading = await readSearch(deps, search, 1000)
    if (reading.kind !== 'read') throw new Error(`${reading.kind} instead of a page`)
    const middle = performance.now()
    await recordPage(deps, search, reading.reading)
    read.push(middle - start)
    record.push(performance.now() - middle)
    deps.now += 10
  }
  const used = process.cpuUsage(cpu)
  const database = (await databaseTime(db)) - databaseBefore
  return { seconds: (performance.now() - begun) / 1000, read, record, ours: (used.user + used.system) / 1000, database }
}

function figures(name: string, { seconds, read, record, ours, database }: Scans): readonly ScanFigure[] {
  const each = (milliseconds: number) => Number((milliseconds / record.length).toFixed(1))
  return [
    { measure: `${name}: processor time, ours`, value: each(ours), unit: 'ms' },
    { measure: `${name}: processor time, database`, value: each(database), unit: 'ms' },
    { measure: `${name}: searches a second`, value: Math.round(record.length / seconds), unit: '1/s' },
    { measure: `${name}: record p50`, value: at(record, 0.5), unit: 'ms' },
    { measure: `${name}: record p95`, value: at(record, 0.95), unit: 'ms' },
    { measure: `${name}: slot and parse p50`, value: at(read, 0.5), unit: 'ms' },
  ]
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1))
}
