import { asc, eq, sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { JobEvent } from '@/accounts/context'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'
import type { TestDatabase } from '@/db/testing'
import { createTransport } from '@/http/guarded-fetch'
import type { Fetched, Transport } from '@/http/transport'
import { newId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import { signals } from '@/notifications/signals/table'
import { createTestStorage } from '@/storage/testing'
import { startWorld, type World } from '../../e2e/world/world'
import type { BargainsDeps } from './deps'
import { matches } from './matches/table'
import { wakeHosts } from './searches/jobs/scan-due'
import { scanHost } from './searches/scan-search'
import { createWatch } from './watches/create-watch'
import { newWatchSchema } from './watches/schema'

export const BIKES = 'https://www.olx.pl/sport-hobby/rowery/krakow/'
const MINUTE = 60_000

/** The simulated market, and a process that scans it. Its clock jumps over every wait. */
export type TestMarket = {
  world: World
  deps: BargainsDeps & { sent: JobEvent[] }
  /** What a host answers to robots.txt: a text, or a status; 404 where nothing is set. Counted apart from its pages. */
  robots: Map<string, string | number>
  /** Hosts whose robots.txt was asked for, in order. */
  robotsAsked: string[]
  /** Moves the clock and scans what has become due, as the jobs do. */
  pass: (minutes: number) => Promise<void>
}

/** Read its members inside tests only. The market is empty and healthy before each test. */
export function openTestMarket(test: TestDatabase): TestMarket {
  const held: Partial<TestMarket> = {}
  beforeAll(async () => {
    const world = await startWorld()
    held.world = world
    held.robots = new Map()
    held.robotsAsked = []
    held.deps = depsOf(test, world, { robots: held.robots, robotsAsked: held.robotsAsked })
    held.pass = async (minutes) => {
      world.clock.advance(minutes * MINUTE)
      if (held.deps) await scanAll(held.deps)
    }
  })
  afterEach(async () => {
    held.world?.reset()
    held.robots?.clear()
    held.robotsAsked?.splice(0)
    // A day later, so that no host remembers the test before.
    held.world?.clock.advance(24 * 60 * MINUTE)
    await withSystem(test.db, 'test', async (tx) => {
      await tx.execute(sql`update watches set deleted_at = now() where deleted_at is null`)
      await tx.execute(sql`update searches set due_at = null, claimed_until = null`)
      await tx.execute(sql`delete from search_listings`)
    })
  })
  afterAll(() => held.world?.close())
  // Filled by beforeAll, which runs before any test can read it.
  return held as TestMarket
}

type Robots = Pick<TestMarket, 'robots' | 'robotsAsked'>

function depsOf(test: TestDatabase, world: World, robots: Robots): TestMarket['deps'] {
  const origins: Record<string, string> = JSON.parse(world.env().GLEANER_ORIGINS ?? '{}')
  const sent: JobEvent[] = []
  return {
    db: test.db,
    log: pino({ level: 'silent' }),
    clock: world.clock.now,
    send: async (events) => void sent.push(...events),
    sent,
    transport: withRobots(onlyOf(origins), robots),
    storage: createTestStorage(),
    random: () => 0.5,
    sleep: async (milliseconds) => world.clock.advance(milliseconds),
  }
}

/** The world's sites alone: a test asks no other host, not even for its address. */
function onlyOf(origins: Readonly<Record<string, string>>): Transport {
  const transport = createTransport({ origins, userAgent: 'Gleaner/test' })
  const none: Fetched = { kind: 'failed', reason: 'network', detail: 'the world has no such site' }
  return { fetch: async (request) => (new URL(request.url).host in origins ? transport.fetch(request) : none) }
}

function withRobots({ fetch }: Transport, { robots, robotsAsked }: Robots): Transport {
  return {
    fetch: async (request) => {
      const { hostname, pathname } = new URL(request.url)
      if (pathname !== '/robots.txt') return fetch(request)
      robotsAsked.push(hostname)
      const said = robots.get(hostname) ?? 404
      const [status, text] = typeof said === 'string' ? [200, said] : [said, '']
      return { kind: 'answered', status, url: request.url, headers: {}, bytes: Buffer.from(text) }
    },
  }
}

/** The market, and `html` at every address that is none of its own. */
export function withSite({ deps }: TestMarket, html: string): TestMarket['deps'] {
  const bytes = Buffer.from(html)
  const page: Fetched = { kind: 'answered', status: 200, url: '', headers: { 'content-type': 'text/html' }, bytes }
  const fetch: Transport['fetch'] = async (request) => {
    const fetched = await deps.transport.fetch(request)
    return fetched.kind === 'failed' ? { ...page, url: request.url } : fetched
  }
  return { ...deps, transport: { fetch } }
}

/** One round of the scanning jobs: what is due by now, for at most so many minutes of the clock. */
export async function scanAll(deps: BargainsDeps, minutes = 10): Promise<void> {
  const end = new Date(deps.clock().getTime() + minutes * MINUTE)
  const { hosts } = await wakeHosts(deps)
  for (const host of hosts) {
    for (;;) {
      const { nextAt } = await scanHost(deps, host, end)
      if (nextAt === null) break
      const wait = nextAt.getTime() - deps.clock().getTime()
      // The host has no room: the clock jumps to when it has.
      if (wait > 2 * MINUTE || nextAt > end) break
      await deps.sleep?.(Math.max(0, wait) + 1)
    }
  }
}

/** A watch of the bikes search with a channel, unless the test says otherwise. */
export async function createTestWatch(
  market: TestMarket,
  workspace: TestWorkspace,
  changes: Partial<Parameters<typeof newWatchSchema.parse>[0] & object> = {},
): Promise<string> {
  const channelId = await createTestChannel(workspace)
  const input = newWatchSchema.parse({ name: 'Bikes', urls: [BIKES], channelIds: [channelId], ...changes })
  const { id } = await workspace.run((ctx) => createWatch(ctx, input), market.deps.clock())
  return id
}

async function createTestChannel(workspace: TestWorkspace): Promise<string> {
  const { workspaceId, memberId } = workspace
  const row = { id: newId(), workspaceId, memberId, kind: 'email' as const, name: 'Test', locale: 'en' }
  await workspace.run((ctx) => ctx.db.insert(channels).values({ ...row, address: `${row.id}@example.org` }))
  return row.id
}

export type TestSignal = { readonly kind: string; readonly facts: Record<string, unknown> }

/** What a workspace was told, oldest first. */
export function signalsIn(workspace: TestWorkspace): Promise<readonly TestSignal[]> {
  return workspace.run((ctx) =>
    ctx.db
      .select({ kind: signals.kind, facts: signals.facts })
      .from(signals)
      .orderBy(asc(signals.createdAt), asc(signals.id)),
  )
}

export async function kindsIn(workspace: TestWorkspace): Promise<readonly string[]> {
  return (await signalsIn(workspace)).map((signal) => signal.kind)
}

export function matchesOf(workspace: TestWorkspace, watchId: string) {
  return workspace.run((ctx) => ctx.db.select().from(matches).where(eq(matches.watchId, watchId)))
}

/** A workspace with a watch of five bikes for 1,000 zł each, past its baseline. */
export async function createSteadyWatch(
  market: TestMarket,
  db: Database,
  changes: Parameters<typeof createTestWatch>[2] = {},
) {
  const mine = await createTestWorkspace(db)
  const adverts = market.world.market.seedMarket(5, { matching: BIKES, price: 1000 })
  const watchId = await createTestWatch(market, mine, changes)
  await scanAll(market.deps)
  return { mine, watchId, adverts, first: adverts[0]?.id ?? '' }
}

/** What was told after the baseline. */
export async function toldIn(workspace: TestWorkspace): Promise<readonly string[]> {
  return (await kindsIn(workspace)).filter((kind) => kind !== 'watch.baseline')
}

/** Rounds of scanning, each a little more than the usual interval after the other. */
export async function passRounds(market: TestMarket, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await market.pass(12)
}
