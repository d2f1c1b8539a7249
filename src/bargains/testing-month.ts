import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'
import { createTransport } from '@/http/guarded-fetch'
import type { Transport } from '@/http/transport'
import { createTestStorage } from '@/storage/testing'
import { DAY, HOUR } from '../../e2e/world/market/month/lives'
import { type MonthPlan, planMonth } from '../../e2e/world/market/month/plan'
import type { MonthSize } from '../../e2e/world/market/month/searches'
import { randomOf } from '../../e2e/world/random'
import type { BargainsDeps } from './deps'
import { checkOffers } from './listings/check-offers'
import { forgetListings } from './listings/forget-listings'
import { sweepSnapshots } from './listings/sweep-snapshots'
import { linkRecent } from './prices/link-recent'
import { wakeHosts } from './searches/jobs/scan-due'
import { forgetHours } from './searches/note-verdict'
import { scanHost } from './searches/scan-search'
import { type MonthHost, openMonthHosts } from './testing-month-hosts'
import { createMeter, type Meter } from './testing-month-meter'
import { createMonthWatches, type MonthWatch, planWatches } from './testing-month-watches'

/**
 * A simulated month: the world's plan happens, and the product's own code looks at it. Clocks jump from what is due to
 * what is due next; schedule, budget, pace and backoff are the product's. Each host has a world and a clock of its own, so
 * that all are looked after side by side, as jobs do it; every twenty minutes they meet, and what concerns all is done.
 */
export type Month = {
  readonly plan: MonthPlan
  readonly watches: readonly MonthWatch[]
  /** Ids of `watches`, in their order. */
  readonly watchIds: readonly string[]
  readonly hosts: readonly MonthHost[]
  readonly begin: Date
  readonly meter: Meter
  /** The world's number of a planned advert. */
  readonly idOf: (advert: number) => string
  /** How far it came: its end, unless time ran out. */
  readonly until: number
}

const BEGIN = new Date('2026-03-02T06:00:00Z')
/** What an answer takes of the world's time. */
const ANSWER_MS = 150
const MINUTE = 60_000
const MEETING = 20 * MINUTE

/** What is told of its progress, and the minutes of real time after which it ends where it stands. */
export type MonthRun = { readonly tell?: (line: string) => void; readonly minutes?: number }

export async function runMonth(db: Database, size: MonthSize, run: MonthRun = {}): Promise<Month> {
  const plan = planMonth(size)
  const hosts = await openMonthHosts(plan, BEGIN)
  try {
    const watches = planWatches(plan)
    const watchIds = await createMonthWatches(db, watches, BEGIN)
    const meter = createMeter()
    const idOf = (advert: number) => {
      const of = plan.searches[plan.adverts[advert]?.search ?? -1]?.host
      return hosts.find(({ host }) => host === of)?.play.idOf(advert) ?? ''
    }
    const month = { plan, watches, watchIds, hosts, begin: BEGIN, meter, idOf, until: 0 }
    return { ...month, until: await live(db, month, run) }
  } finally {
    for (const { world } of hosts) await world.close()
  }
}

/** A process that sees these hosts, all at one time. */
function depsOf(db: Database, { plan, meter }: Month, hosts: readonly MonthHost[]): BargainsDeps {
  const [first] = hosts
  if (first === undefined) throw new Error('a month has hosts')
  const origins = Object.fromEntries(hosts.map(({ name, world }) => [name, world.market.origin]))
  const transport = createTransport({ origins, userAgent: 'Gleaner/month' })
  const sleep = async (milliseconds: number) => {
    const at = first.play.now() + milliseconds
    for (const { play } of hosts) play.until(at)
  }
  const fetch: Transport['fetch'] = async (request) => {
    await sleep(ANSWER_MS)
    return meter.fetched(new URL(request.url).hostname, await transport.fetch(request), hosts.length === 1)
  }
  return {
    ...{ db, log: pino({ level: 'silent' }), clock: first.world.clock.now, send: async () => undefined },
    ...{ transport: { fetch }, storage: createTestStorage(), sleep },
    random: randomOf(`${plan.size.seed}/jitter/${first.host}`).next,
  }
}

/** The hosts' own jobs until the next meeting, and then the jobs that concern all. Answers when it ended. */
async function live(db: Database, month: Month, run: MonthRun): Promise<number> {
  const { hosts, plan, meter } = month
  const tended = hosts.map((host) => ({ ...host, wakeAt: 0, deps: depsOf(db, month, [host]) }))
  const all = depsOf(db, month, hosts)
  const stop = performance.now() + (run.minutes ?? Number.POSITIVE_INFINITY) * MINUTE
  let [at, day] = [0, -1]
  while (at < plan.size.days * DAY && performance.now() < stop) {
    if (Math.floor(at / DAY) > day) run.tell?.(`day ${++day}: ${meter.words()}`)
    const until = at + MEETING
    await meet(all, month, tended, at)
    await Promise.all(tended.map((host) => tend(host, month, until)))
    at = Math.max(...hosts.map(({ play }) => play.now()))
    for (const { play } of hosts) play.until(at)
  }
  return at
}

type Tended = MonthHost & { wakeAt: number; readonly deps: BargainsDeps }

/** The job that looks after a host, again and again: it sleeps until the next search is due. */
async function tend(host: Tended, { begin, meter }: Month, until: number): Promise<void> {
  const { play, deps, name } = host
  while (host.wakeAt < until) {
    play.until(Math.max(host.wakeAt, play.now()))
    const { scanned, nextAt } = await scanHost(deps, name, new Date(deps.clock().getTime() + 50_000))
    meter.scanned(name, scanned)
    host.wakeAt =
      nextAt === null ? Number.POSITIVE_INFINITY : Math.max(nextAt.getTime() - begin.getTime(), play.now() + 1)
  }
  play.until(until)
}

/** What clocks start: hosts are woken, pages of adverts asked for as long as there is room, and the rest in its time. */
async function meet(deps: BargainsDeps, { meter }: Month, hosts: readonly Tended[], at: number): Promise<void> {
  const woken = await wakeHosts(deps)
  for (const host of hosts) if (woken.hosts.includes(host.name)) host.wakeAt = Math.min(host.wakeAt, at)
  for (let asked = 1; asked > 0 && at > 0; ) {
    asked = await checkOffers(deps)
    meter.offered(asked)
  }
  const passed = (every: number) => Math.floor(at / every) > Math.floor((at - MEETING) / every)
  if (passed(HOUR)) await linkRecent(deps)
  if (!passed(DAY)) return
  await choose(deps)
  await forgetListings(deps)
  await sweepSnapshots(deps)
  await forgetHours(deps.db, deps.clock())
}

/** Members mark one match in fifty for themselves, so that its page is asked every hour. */
async function choose({ db }: BargainsDeps): Promise<void> {
  await withSystem(db, 'test', (tx) =>
    tx.execute(sql`
      update matches m set state = 'favourite' from listings l
      where l.id = m.listing_id and m.state = 'new' and abs(hashtext(l.external_id)) % 50 = 0`),
  )
}
