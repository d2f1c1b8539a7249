import { and, eq, isNotNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEntries } from '@/accounts/table'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { robots } from '@/http/table'
import { createSteadyWatch, createTestWatch, openTestMarket, passRounds, scanAll, toldIn } from '../testing-market'
import { pauseWatch } from '../watches/pause-watch'
import { obeyRobots, overrideRobots } from './override-robots'
import { searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'
const NO_BIKES = 'User-agent: *\nDisallow: /sport-hobby/\n'
const REASON = 'The site wrote to us that we may'

const steadyWatch = () => createSteadyWatch(market, test.db)
const pages = () => market.world.market.requests.length
/** A day later, so that robots.txt is read anew. */
const nextDay = () => market.pass(24 * 60 + 12)

async function healthOf(): Promise<string> {
  const rows = await test.db
    .select()
    .from(searches)
    .where(and(eq(searches.host, OLX), isNotNull(searches.dueAt)))
  return rows.map((row) => row.health).join()
}

describe('robots.txt of a marketplace', () => {
  it('is read once a day, whatever the number of scans', async () => {
    await steadyWatch()
    await passRounds(market, 5)
    expect(market.robotsAsked).toEqual([OLX])
    await nextDay()
    await passRounds(market, 2)
    expect(market.robotsAsked).toEqual([OLX, OLX])
  })

  it('is obeyed: a forbidden search asks nothing, is told once, and goes on when it is allowed again', async () => {
    const { mine } = await steadyWatch()
    market.robots.set(OLX, NO_BIKES)
    await nextDay()
    const asked = pages()
    await passRounds(market, 40)
    expect([pages(), await healthOf(), await toldIn(mine)]).toEqual([asked, 'forbidden', ['search.forbidden']])
    market.robots.set(OLX, 'User-agent: Gleaner\nDisallow:\n\nUser-agent: *\nDisallow: /')
    await nextDay()
    expect([await healthOf(), await toldIn(mine)]).toEqual(['ok', ['search.forbidden', 'search.recovered']])
  })

  it('that cannot be read forbids all of a new host, and is asked again after ten minutes, not by each search', async () => {
    market.robots.set(OLX, 503)
    const mine = await createTestWorkspace(test.db)
    for (const place of ['krakow', 'poznan', 'gdansk']) {
      await createTestWatch(market, mine, { urls: [`https://www.olx.pl/sport-hobby/rowery/${place}/`], interval: 1 })
    }
    await test.db.delete(robots)
    await scanAll(market.deps, 5)
    expect([pages(), market.robotsAsked, await healthOf()]).toEqual([0, [OLX], 'failed,failed,failed'])
    market.robots.delete(OLX)
    await market.pass(30)
    expect([market.robotsAsked, await healthOf()]).toEqual([[OLX, OLX], 'empty,empty,empty'])
  })

  it('that was read before counts on while it cannot be', async () => {
    await steadyWatch()
    market.robots.set(OLX, 503)
    await nextDay()
    expect(await healthOf()).toBe('ok')
  })

  it('names a pace, which is kept', async () => {
    market.robots.set(OLX, 'User-agent: *\nCrawl-delay: 45')
    const mine = await createTestWorkspace(test.db)
    const urls = ['a', 'b', 'c', 'd'].map((word) => `https://www.olx.pl/sport-hobby/rowery/q-${word}/`)
    await createTestWatch(market, mine, { urls })
    await scanAll(market.deps)
    const times = market.world.market.requests.map(({ at }) => at.getTime())
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0))
    expect(gaps).toHaveLength(3)
    // Kept where requests leave; here they arrive, one after a longer way than the next.
    expect(Math.min(...gaps)).toBeGreaterThan(44_000)
  })

  it('a page to which a search leads is asked for by the same rules', async () => {
    market.robots.set(OLX, 'User-agent: *\nDisallow: /elsewhere')
    const mine = await createTestWorkspace(test.db)
    await createTestWatch(market, mine)
    market.world.market.setMode('olx.pl', { kind: 'redirect', location: 'https://www.olx.pl/elsewhere' })
    await scanAll(market.deps)
    expect([pages(), await healthOf()]).toEqual([1, 'forbidden'])
  })
})

describe('an owner’s word against robots.txt', () => {
  async function forbiddenWatch() {
    const watch = await steadyWatch()
    market.robots.set(OLX, NO_BIKES)
    await nextDay()
    return watch
  }

  it('lets the search be read at once, is recorded with who and why, and can be taken back', async () => {
    const { mine } = await forbiddenWatch()
    const now = market.deps.clock()
    await mine.run((ctx) => overrideRobots(ctx, { host: OLX, reason: REASON }), now)
    await passRounds(market, 1)
    expect(await healthOf()).toBe('ok')
    await mine.run((ctx) => obeyRobots(ctx, { host: OLX }), market.deps.clock())
    const asked = pages()
    await passRounds(market, 3)
    expect([pages(), await healthOf()]).toEqual([asked, 'forbidden'])
    const written = await mine.run(({ db }) => db.select().from(auditEntries))
    expect(written.filter(({ action }) => action.startsWith('source.'))).toMatchObject([
      { action: 'source.override_robots', actor: `member:${mine.memberId}`, facts: { host: OLX, reason: REASON } },
      { action: 'source.obey_robots', facts: { host: OLX } },
    ])
  })

  it('of one workspace is enough for a search that several watch, as long as its own watch runs', async () => {
    const { mine, watchId } = await forbiddenWatch()
    await createTestWatch(market, await createTestWorkspace(test.db))
    await mine.run((ctx) => overrideRobots(ctx, { host: OLX, reason: REASON }), market.deps.clock())
    await passRounds(market, 1)
    expect(await healthOf()).toBe('ok')
    await mine.run((ctx) => pauseWatch(ctx, watchId), market.deps.clock())
    await passRounds(market, 1)
    expect(await healthOf()).toBe('forbidden')
  })

  it('of a workspace that does not watch the search counts for nothing', async () => {
    await forbiddenWatch()
    const other = await createTestWorkspace(test.db)
    await createTestWatch(market, other, { urls: ['https://www.olx.pl/elektronika/'] })
    await other.run((ctx) => overrideRobots(ctx, { host: OLX, reason: REASON }), market.deps.clock())
    const asked = pages()
    await market.pass(400)
    expect(market.world.market.requests.slice(asked).filter(({ path }) => path.startsWith('/sport'))).toEqual([])
  })

  it.each(['admin', 'staff', 'viewer'] as const)('is not given by the role %s', async (role) => {
    const mine = await createTestWorkspace(test.db, role)
    const given = mine.run((ctx) => overrideRobots(ctx, { host: OLX, reason: REASON }))
    await expect(given).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('needs a watch at that host', async () => {
    const mine = await createTestWorkspace(test.db)
    const given = mine.run((ctx) => overrideRobots(ctx, { host: 'other.example', reason: REASON }))
    await expect(given).rejects.toMatchObject({ reason: 'source.notWatched' })
  })
})
