import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { listings } from '../listings/table'
import { setMatchState } from '../matches/set-match-state'
import {
  BIKES,
  createSteadyWatch,
  createTestWatch,
  kindsIn,
  matchesOf,
  openTestMarket,
  passRounds,
  scanAll,
  signalsIn,
  toldIn,
} from '../testing-market'
import { deleteWatch, pauseWatch, restoreWatch, resumeWatch } from '../watches/pause-watch'
import { watches, watchSearches } from '../watches/table'
import { updateWatch } from '../watches/update-watch'
import { claimSearches } from './claim-searches'
import { scanHost, scanSearch } from './scan-search'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'

const steadyWatch = (changes?: Parameters<typeof createSteadyWatch>[2]) => createSteadyWatch(market, test.db, changes)
const passes = (count: number) => passRounds(market, count)

/** One watch of twenty searches becomes twenty of one, without twenty creations. */
async function spreadWatch({ run, workspaceId, memberId }: TestWorkspace, watchId: string): Promise<void> {
  await run(async ({ db }) => {
    const links = await db.select().from(watchSearches).where(eq(watchSearches.watchId, watchId))
    const moved = links.slice(1).map(({ id }) => ({ id, watch_id: newId() }))
    const own = { workspaceId, ownerId: memberId, name: 'Spread', interval: 60, filter: { all: [] } }
    await db.insert(watches).values(moved.map((link) => ({ ...own, id: link.watch_id })))
    await db.execute(sql`
      update watch_searches ws set watch_id = r.watch_id
      from jsonb_populate_recordset(null::watch_searches, ${JSON.stringify(moved)}::jsonb) r where ws.id = r.id`)
  })
}

describe('the first run', () => {
  it('is silent: what is there already comes in one message', async () => {
    const mine = await createTestWorkspace(test.db)
    market.world.market.seedMarket(12, { matching: BIKES })
    market.world.market.publish({ matching: BIKES, price: 1 })
    const watchId = await createTestWatch(market, mine)
    await scanAll(market.deps)
    const [only, ...others] = await signalsIn(mine)
    expect(others).toEqual([])
    expect(only).toMatchObject({ kind: 'watch.baseline', facts: { count: 13, cheapest: { price: { amount: '100' } } } })
    expect((await matchesOf(mine, watchId)).every((match) => match.baseline)).toBe(true)
  })

  it('is silent for a second watch of a search that is known already', async () => {
    const { mine } = await steadyWatch()
    const other = await createTestWorkspace(test.db)
    await createTestWatch(market, other)
    await passes(2)
    expect(await kindsIn(other)).toEqual(['watch.baseline'])
    expect(await toldIn(mine)).toEqual([])
  })

  it('reads five pages deep, so that an old advert which is bumped later is known', async () => {
    const mine = await createTestWorkspace(test.db)
    const deep = market.world.market.publish({ matching: BIKES, at: new Date('2020-01-01') })
    market.world.market.seedMarket(90, { matching: BIKES })
    await createTestWatch(market, mine)
    await scanAll(market.deps)
    market.world.market.bump(deep.id)
    await passes(1)
    expect(await toldIn(mine)).toEqual([])
  })
})

describe('what a watch is told', () => {
  it('a new advert is told once', async () => {
    const { mine } = await steadyWatch()
    market.world.market.publish({ matching: BIKES, title: 'Rower miejski', price: 650 })
    await passes(3)
    expect(await toldIn(mine)).toEqual(['listing.new'])
    const price = { amount: '65000', currency: 'PLN' }
    expect((await signalsIn(mine))[1]?.facts).toMatchObject({ title: 'Rower miejski', price })
  })

  it('a price drop is told once, and the same level again only after a rise above the one before', async () => {
    const { mine, first } = await steadyWatch()
    for (const price of [800, 1000, 800, 1010, 800, 700]) {
      market.world.market.reprice(first, price)
      await passes(1)
    }
    const drops = (await signalsIn(mine)).filter(({ kind }) => kind === 'listing.price_drop').map(({ facts }) => facts)
    expect(drops.map(({ before, price, newLowest }) => [before, price, newLowest])).toMatchObject([
      ['100000', { amount: '80000' }, true],
      ['101000', { amount: '80000' }, false],
      ['80000', { amount: '70000' }, true],
    ])
  })

  it('a drop below the watch’s threshold is not told', async () => {
    const { mine, first } = await steadyWatch({ dropPercent: 20 })
    for (const price of [810, 640]) {
      market.world.market.reprice(first, price)
      await passes(1)
    }
    const drops = (await signalsIn(mine)).filter(({ kind }) => kind === 'listing.price_drop')
    expect(drops.map(({ facts }) => facts.percent)).toEqual([21])
  })

  it('a bump is not new, and an advert that gets promoted is not either', async () => {
    const { mine, adverts } = await steadyWatch()
    for (const { id } of adverts) market.world.market.bump(id)
    await passes(1)
    for (const { id } of adverts) market.world.market.promote(id)
    await passes(1)
    expect(await toldIn(mine)).toEqual([])
  })

  it('a promoted advert that is known does not end the paging before new ones', async () => {
    const { mine, first } = await steadyWatch()
    market.world.market.promote(first)
    for (let i = 0; i < 45; i++) market.world.market.publish({ matching: BIKES })
    await passes(1)
    const [, many] = await signalsIn(mine)
    expect(many).toMatchObject({ kind: 'listing.many', facts: { count: 45, fresh: 45 } })
  })

  it('up to 8 come one by one, 9 in one message', async () => {
    const { mine } = await steadyWatch()
    for (let i = 0; i < 8; i++) market.world.market.publish({ matching: BIKES })
    await passes(1)
    expect(await toldIn(mine)).toEqual(Array(8).fill('listing.new'))
    for (let i = 0; i < 9; i++) market.world.market.publish({ matching: BIKES })
    await passes(1)
    expect(await toldIn(mine)).toEqual([...Array(8).fill('listing.new'), 'listing.many'])
  })

  it('only what passes the filter, and what gets cheap enough to pass it', async () => {
    const { mine, first } = await steadyWatch({ form: { priceTo: '50000', notWords: ['uszkodzony'] } })
    market.world.market.reprice(first, 900)
    await passes(1)
    market.world.market.publish({ matching: BIKES, price: 300, title: 'Rower uszkodzony' })
    market.world.market.publish({ matching: BIKES, price: 600 })
    market.world.market.publish({ matching: BIKES, price: 400, title: 'Rower dobry' })
    await passes(1)
    market.world.market.reprice(first, 450)
    await passes(1)
    expect(await toldIn(mine)).toEqual(expect.arrayContaining(['listing.new', 'listing.price_drop']))
    const told = (await signalsIn(mine)).filter(({ kind }) => kind === 'listing.new')
    expect(told.map(({ facts }) => facts.title)).toEqual(['Rower dobry'])
  })

  it('nothing of an advert that is ignored, and nothing at all with notifications off', async () => {
    const { mine, watchId, first } = await steadyWatch()
    market.world.market.reprice(first, 2000)
    await passes(1)
    const ids = (await matchesOf(mine, watchId)).map((match) => match.id)
    await mine.run((ctx) => setMatchState(ctx, ids, 'ignored'))
    const before = await toldIn(mine)
    market.world.market.reprice(first, 1000)
    await passes(1)
    await mine.run((ctx) => updateWatch(ctx, { id: watchId, notify: false }))
    market.world.market.publish({ matching: BIKES })
    await passes(1)
    expect(await toldIn(mine)).toEqual(before)
    expect(await matchesOf(mine, watchId)).toHaveLength(6)
  })

  it('a change that another search saw first is told all the same, once', async () => {
    const { mine, first } = await steadyWatch()
    const other = await createTestWorkspace(test.db)
    await createTestWatch(market, other, { urls: ['https://www.olx.pl/sport-hobby/rowery/'], interval: 60 })
    await scanAll(market.deps)
    market.world.market.reprice(first, 5000)
    await passes(6)
    market.world.market.reprice(first, 3000)
    await passes(6)
    const drops = async (of: typeof mine) =>
      (await signalsIn(of)).filter(({ kind, facts }) => kind === 'listing.price_drop' && facts.before === '500000')
        .length
    expect([await drops(mine), await drops(other)]).toEqual([1, 1])
  })

  it('an advert that was gone and is seen again is told once per disappearance', async () => {
    const { mine, first } = await steadyWatch()
    for (let i = 0; i < 2; i++) {
      market.world.market.remove(first)
      await passes(1)
      await test.db.update(listings).set({ goneAt: market.deps.clock() }).where(eq(listings.externalId, first))
      market.world.market.restore(first)
      await passes(2)
    }
    expect(await toldIn(mine)).toEqual(['listing.reappeared', 'listing.reappeared'])
  })

  it('a title with NUL, half a character and marks that turn text around stops nothing', async () => {
    const { mine } = await steadyWatch()
    market.world.market.publish({ matching: BIKES, title: 'Rower \u0000\ud800 \u202Eelarps' })
    await passes(1)
    expect(await toldIn(mine)).toEqual(['listing.new'])
  })
})

describe('one fetch for all', () => {
  it('50 watches in 3 workspaces cost one request, and each is told', async () => {
    market.world.market.seedMarket(5, { matching: BIKES })
    const all = [
      await createTestWorkspace(test.db),
      await createTestWorkspace(test.db),
      await createTestWorkspace(test.db),
    ]
    for (let i = 0; i < 50; i++) {
      const workspace = all[i % 3]
      if (workspace) await createTestWatch(market, workspace)
    }
    await scanAll(market.deps)
    const asked = market.world.market.requests.length
    market.world.market.publish({ matching: BIKES })
    await passes(1)
    expect(market.world.market.requests).toHaveLength(asked + 1)
    const told = await Promise.all(all.map(toldIn))
    expect(told.map((kinds) => kinds.length)).toEqual([17, 17, 16])
  })

  it('a host is never asked above its budget, whatever the number of searches', async () => {
    const mine = await createTestWorkspace(test.db)
    for (let i = 0; i < 30; i++) {
      await createTestWatch(market, mine, { urls: [`https://www.olx.pl/sport-hobby/rowery/q-numer${i}/`], interval: 1 })
    }
    await scanAll(market.deps, 4)
    expect(market.world.market.requests.length).toBeGreaterThan(60)
    expect(market.world.market.busiestMinute('olx.pl')).toBeLessThanOrEqual(20)
    expect(market.world.market.peakAtOnce('olx.pl')).toBe(1)
  })

  it('1,000 watches over 200 searches: each search is read once a round, within the budget', async () => {
    const workspaces = await Promise.all(Array.from({ length: 5 }, () => createTestWorkspace(test.db)))
    const urls = Array.from({ length: 200 }, (_, i) => `https://www.olx.pl/sport-hobby/rowery/q-rama${i}/`)
    for (const workspace of workspaces) {
      for (let n = 0; n < 200; n += 20) {
        const watchId = await createTestWatch(market, workspace, { urls: urls.slice(n, n + 20), interval: 60 })
        await spreadWatch(workspace, watchId)
      }
    }
    await scanAll(market.deps, 12)
    const counts = Object.values(market.world.market.countByKey())
    expect([counts.length, Math.max(...counts)]).toEqual([200, 1])
    expect(market.world.market.busiestMinute('olx.pl')).toBeLessThanOrEqual(20)
    expect(market.world.market.peakAtOnce('olx.pl')).toBe(1)
  }, 120_000)

  it('two scanners at once read and write once', async () => {
    const { mine } = await steadyWatch()
    market.world.market.publish({ matching: BIKES })
    market.world.clock.advance(12 * 60_000)
    const asked = market.world.market.requests.length
    const until = new Date(market.deps.clock().getTime() + 60_000)
    await Promise.all([1, 2, 3].map(() => scanHost(market.deps, OLX, until)))
    expect(market.world.market.requests).toHaveLength(asked + 1)
    expect(await toldIn(mine)).toEqual(['listing.new'])
  })

  it('a scan that was taken over writes nothing', async () => {
    const { mine } = await steadyWatch()
    market.world.market.publish({ matching: BIKES })
    market.world.clock.advance(12 * 60_000)
    const [slow] = await claimSearches(test.db, { host: OLX, limit: 1 }, market.deps.clock())
    market.world.clock.advance(60_000)
    const [quick] = await claimSearches(test.db, { host: OLX, limit: 1 }, market.deps.clock())
    if (!slow || !quick) throw new Error('not claimed')
    const outcomes = await Promise.all([slow, quick].map((search) => scanSearch(market.deps, search, 60_000)))
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['lost', 'scanned'])
    expect(await toldIn(mine)).toEqual(['listing.new'])
  })

  it('a new watch that joins during a scan is scanned right after it', async () => {
    await steadyWatch()
    market.world.clock.advance(12 * 60_000)
    const [claimed] = await claimSearches(test.db, { host: OLX, limit: 1 }, market.deps.clock())
    if (!claimed) throw new Error('not claimed')
    market.world.clock.advance(1000)
    const late = await createTestWorkspace(test.db)
    await createTestWatch(market, late)
    await scanSearch(market.deps, claimed, 60_000)
    await scanAll(market.deps)
    expect(await kindsIn(late)).toEqual(['watch.baseline'])
  })
})

describe('a pause', () => {
  it('parks the search, and the return tells what came meanwhile in one message', async () => {
    const { mine, watchId, first } = await steadyWatch()
    market.world.market.reprice(first, 2000)
    await passes(1)
    const before = await toldIn(mine)
    await mine.run((ctx) => pauseWatch(ctx, watchId), market.deps.clock())
    await passes(1)
    const asked = market.world.market.requests.length
    for (let i = 0; i < 3; i++) market.world.market.publish({ matching: BIKES })
    market.world.market.reprice(first, 1000)
    await passes(3)
    expect(market.world.market.requests).toHaveLength(asked)
    await mine.run((ctx) => resumeWatch(ctx, watchId), market.deps.clock())
    await passes(2)
    expect((await toldIn(mine)).slice(before.length)).toEqual(['listing.many'])
    const facts = { fresh: 3, cheaper: 1, returning: true }
    expect((await signalsIn(mine)).at(-1)?.facts).toMatchObject(facts)
  })

  it('does not lose what another watch’s scans saw meanwhile', async () => {
    const { mine, watchId } = await steadyWatch()
    await createTestWatch(market, await createTestWorkspace(test.db))
    await scanAll(market.deps)
    await mine.run((ctx) => pauseWatch(ctx, watchId), market.deps.clock())
    for (let i = 0; i < 2; i++) {
      market.world.market.publish({ matching: BIKES })
      await passes(1)
    }
    await mine.run((ctx) => resumeWatch(ctx, watchId), market.deps.clock())
    await passes(2)
    expect(await toldIn(mine)).toEqual(['listing.many'])
  })

  it('a deleted watch is silent, and restored it goes on with what it had', async () => {
    const { mine, watchId } = await steadyWatch()
    await mine.run((ctx) => deleteWatch(ctx, watchId), market.deps.clock())
    market.world.market.publish({ matching: BIKES })
    await passes(2)
    expect(await toldIn(mine)).toEqual([])
    await mine.run((ctx) => restoreWatch(ctx, watchId), market.deps.clock())
    await passes(2)
    expect(await toldIn(mine)).toEqual(['listing.new'])
    expect(await matchesOf(mine, watchId)).toHaveLength(6)
  })
})
