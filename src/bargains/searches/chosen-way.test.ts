import { eq, isNotNull } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/accounts/table'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { hostHours, hosts } from '@/http/table'
import { checkOffers } from '../listings/check-offers'
import { listings } from '../listings/table'
import { BIKES, createSteadyWatch, createTestWatch, openTestMarket, scanAll } from '../testing-market'
import { guardedSite } from '../testing-ways'
import { listWays } from '../watches/list-ways'
import { pauseWatch } from '../watches/pause-watch'
import { previewSearch } from '../watches/preview-search'
import { setWay } from '../watches/set-way'
import { listBadPages } from './keep-bad-page'
import { overrideRobots } from './override-robots'
import { chosenOf, OWN_WAYS, type OwnWay, waysThere } from './rules-ways'
import { badPages, searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'
const REFUSED = { refusals: 3, restsUntil: Number.MAX_SAFE_INTEGER, okAt: null, verdict: 'blocked', at: 0 }

afterEach(async () => {
  await test.db.update(hosts).set({ ways: {}, closedUntil: null, failures: 0 })
  await test.db.update(searches).set({ ways: {}, apiUrl: null })
  await withSystem(test.db, 'test', (tx) => tx.delete(badPages))
})

type Mine = Awaited<ReturnType<typeof createTestWorkspace>>

async function searchId(): Promise<string> {
  const [row] = await test.db.select().from(searches).where(isNotNull(searches.dueAt))
  return row?.id ?? ''
}

async function choose(mine: Mine, id: string, way: OwnWay | null): Promise<void> {
  const input = { id, searchId: await searchId(), way }
  await mine.run((ctx) => setWay(ctx, input), market.deps.clock())
}

describe('the way of several watches', () => {
  const choices = fc.array(fc.option(fc.constantFrom(...OWN_WAYS)))

  it('is the politest that they chose, and nobody’s where one leaves it to Gleaner', () => {
    expect([chosenOf(['browser', 'api']), chosenOf(['browser', null]), chosenOf([])]).toEqual(['api', null, null])
    fc.assert(
      fc.property(choices, (all) => {
        const chosen = chosenOf(all)
        if (chosen === null) expect(all.length === 0 || all.includes(null)).toBe(true)
        else {
          expect(all).toContain(chosen)
          for (const way of all)
            expect(OWN_WAYS.indexOf(way ?? 'plain')).toBeGreaterThanOrEqual(OWN_WAYS.indexOf(chosen))
        }
      }),
    )
  })

  it('is one of those that there are, of which the plain page always is one', () => {
    expect(waysThere({ api: false, browser: false })).toEqual(['plain'])
    expect(waysThere({ api: true, browser: false })).toEqual(['plain', 'api'])
    expect(waysThere({ api: true, browser: true })).toEqual(OWN_WAYS)
  })
})

describe('a way that somebody chose', () => {
  it('is the only one that the search is read by, at once and until it is left to itself again', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set())
    await choose(mine, watchId, 'browser')
    expect(mine.emitted.at(-1)).toMatchObject({ name: 'host/scan.due', data: { host: OLX } })
    await site.pass(0)
    for (let n = 0; n < 3; n++) await site.pass(12)
    expect(new Set(site.names())).toEqual(new Set(['browser']))
    await choose(mine, watchId, null)
    site.asked.splice(0)
    await site.pass(0)
    expect(site.names()).toEqual(['plain'])
    const audit = await mine.run((ctx) => ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, watchId)))
    const said = audit.filter(({ action }) => action === 'watch.set_way').map(({ facts }) => facts)
    expect(said).toMatchObject([{ way: 'browser' }, { way: 'auto' }])
  })

  it('is kept to where the site refuses it, and not gone around', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await choose(mine, watchId, 'plain')
    const site = guardedSite(market, new Set(['plain']))
    for (let n = 0; n < 6; n++) await site.pass(361)
    expect(new Set(site.names())).toEqual(new Set(['plain']))
  })

  it('that is not there is passed over', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await choose(mine, watchId, 'browser')
    const site = guardedSite(market, new Set(), false)
    await site.pass(12)
    expect(site.names()).toEqual(['plain'])
  })

  it('of a paused watch counts for nothing, and of two watches the politest counts', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    const other = await createTestWorkspace(test.db)
    const theirs = await createTestWatch(market, other)
    await scanAll(market.deps)
    await choose(mine, watchId, 'browser')
    await choose(other, theirs, 'api')
    const site = guardedSite(market, new Set())
    await site.pass(12)
    await other.run((ctx) => pauseWatch(ctx, theirs), market.deps.clock())
    await site.pass(12)
    expect(site.names()).toEqual(['api', 'browser'])
  })

  it('is shown with how each way went and until when it rests, to its own workspace alone', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set())
    await choose(mine, watchId, 'browser')
    await site.pass(12)
    const at = market.deps.clock()
    const plain = { ...REFUSED, restsUntil: at.getTime() + 1000 }
    await test.db.update(hosts).set({ ways: { plain } })
    const [shown] = await mine.run((ctx) => listWays(ctx, watchId, site.deps.browser), at)
    expect(shown).toMatchObject({ chosen: 'browser' })
    expect(shown?.ways).toMatchObject([
      { way: 'plain', there: true, went: 'well', restsUntil: new Date(at.getTime() + 1000).toISOString() },
      { way: 'api', there: true, went: null, at: null, restsUntil: null },
      { way: 'browser', there: true, went: 'well', refusals: 0 },
    ])
    const stranger = await createTestWorkspace(test.db)
    await expect(stranger.run((ctx) => listWays(ctx, watchId, undefined))).rejects.toMatchObject({ code: 'not_found' })
    await expect(choose(stranger, watchId, 'api')).rejects.toMatchObject({ code: 'not_found' })
    const viewer = await createTestWorkspace(test.db, 'viewer')
    await expect(choose(viewer, watchId, 'api')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a look at a link before it is watched', () => {
  const look = (site: ReturnType<typeof guardedSite>, mine: Mine) =>
    previewSearch({ ...site.deps, workspaceId: mine.workspaceId }, BIKES)

  it('goes by the browser where the host lets the plain way alone no more, and is counted as any page', async () => {
    market.world.market.seedMarket(4, { matching: BIKES })
    const mine = await createTestWorkspace(test.db)
    const site = guardedSite(market, new Set(['plain']))
    await test.db.insert(hosts).values({ host: OLX }).onConflictDoNothing()
    await test.db
      .update(hosts)
      .set({ ways: { plain: REFUSED } })
      .where(eq(hosts.host, OLX))
    const { searches: seen } = await look(site, mine)
    expect([site.names(), seen[0]?.page]).toMatchObject([['browser'], { verdict: 'ok', total: 4 }])
    const counted = await test.db.select().from(hostHours).where(eq(hostHours.host, OLX))
    expect(counted.some(({ verdict }) => verdict === 'ok')).toBe(true)
  })

  it('that is refused is kept, and not held against the way of all searches there', async () => {
    const site = guardedSite(market, new Set(['plain']))
    const { searches: seen } = await look(site, await createTestWorkspace(test.db))
    expect(seen[0]?.page?.verdict).toBe('blocked')
    const [host] = await test.db.select().from(hosts).where(eq(hosts.host, OLX))
    expect(host?.ways).toEqual({})
    expect(await listBadPages(market.deps, OLX)).toMatchObject([{ verdict: 'blocked', way: 'plain', searchId: null }])
  })

  it('obeys robots.txt, and the owner’s own word against it counts', async () => {
    market.robots.set(OLX, 'User-agent: *\nDisallow: /sport-hobby/\n')
    const { mine } = await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set())
    expect((await look(site, mine)).searches[0]?.page?.verdict).toBe('forbidden')
    const reason = 'The site wrote to us that we may'
    await mine.run((ctx) => overrideRobots(ctx, { host: OLX, reason }), market.deps.clock())
    expect((await look(site, await createTestWorkspace(test.db))).searches[0]?.page?.verdict).toBe('forbidden')
    expect((await look(site, mine)).searches[0]?.page?.verdict).toBe('ok')
    expect(site.names()).toEqual(['plain'])
  })
})

describe('the page of an advert', () => {
  const rows = () => test.db.select().from(listings).where(isNotNull(listings.detailsAt))

  it('goes by the way of the search that shows it', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set())
    await choose(mine, watchId, 'browser')
    const before = (await rows()).length
    expect(await checkOffers(site.deps)).toBe(4)
    expect([new Set(site.names()), (await rows()).length]).toEqual([new Set(['browser']), before + 4])
  })

  it('is not asked by a way that the host refuses its searches', async () => {
    await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set(['plain', 'api']))
    await test.db
      .update(hosts)
      .set({ ways: { plain: REFUSED } })
      .where(eq(hosts.host, OLX))
    expect(await checkOffers(site.deps)).toBe(4)
    expect(new Set(site.names())).toEqual(new Set(['browser']))
  })

  it('that is refused is kept as it came, ends the round, and is not held against the searches there', async () => {
    await createSteadyWatch(market, test.db)
    const site = guardedSite(market, new Set(['plain']))
    const before = await test.db.select({ ways: hosts.ways }).from(hosts).where(eq(hosts.host, OLX))
    expect(await checkOffers(site.deps)).toBe(1)
    expect(await test.db.select({ ways: hosts.ways }).from(hosts).where(eq(hosts.host, OLX))).toEqual(before)
    const [kept] = await listBadPages(market.deps, OLX)
    expect(kept).toMatchObject({ verdict: 'blocked', way: 'plain', status: 403, source: 'olx', searchId: null })
  })

  it('that says its advert is closed is a good page', async () => {
    const { adverts } = await createSteadyWatch(market, test.db)
    for (const { id } of adverts) market.world.market.remove(id)
    await test.db.delete(hostHours)
    await checkOffers(market.deps)
    const verdicts = (await test.db.select().from(hostHours).where(eq(hostHours.host, OLX))).map((row) => row.verdict)
    expect([new Set(verdicts), await listBadPages(market.deps, OLX)]).toEqual([new Set(['ok']), []])
  })
})
