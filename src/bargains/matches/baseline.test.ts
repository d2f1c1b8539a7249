import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { listings } from '../listings/table'
import {
  BIKES,
  createSteadyWatch,
  createTestWatch,
  matchesOf,
  openTestMarket,
  passRounds,
  scanAll,
  signalsIn,
  toldIn,
} from '../testing-market'
import { updateWatch } from '../watches/update-watch'
import { setMatchState } from './set-match-state'

const test = openTestDatabase()
const market = openTestMarket(test)

/** A search of 90 adverts over several pages, and one below them, which a first watch has read. */
async function knownSearch() {
  const deep = market.world.market.publish({ matching: BIKES, price: 1000, at: new Date('2020-01-01') })
  market.world.market.seedMarket(90, { matching: BIKES, price: 1000 })
  const mine = await createTestWorkspace(test.db)
  await createTestWatch(market, mine)
  await scanAll(market.deps)
  return { mine, deep: deep.id }
}

/** How many adverts each baseline message said were there, oldest first. */
async function countsIn(workspace: TestWorkspace) {
  const told = (await signalsIn(workspace)).filter(({ kind }) => kind === 'watch.baseline')
  return told.map(({ facts }) => facts.count)
}

describe('the baseline of a watch on a search that is known already', () => {
  it('is all that the search has shown, however deep, and not the page that is read now', async () => {
    await knownSearch()
    const late = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, late)
    const asked = market.world.market.requests.length
    await passRounds(market, 1)
    expect(market.world.market.requests).toHaveLength(asked + 1)
    const found = await matchesOf(late, watchId)
    expect([found.length, found.every(({ baseline }) => baseline)]).toEqual([91, true])
    expect(await countsIn(late)).toEqual([91])
  })

  it('keeps an old advert silent that gets dearer and is bumped', async () => {
    const { mine, deep } = await knownSearch()
    const late = await createTestWorkspace(test.db)
    await createTestWatch(market, late)
    await passRounds(market, 1)
    market.world.market.reprice(deep, 1500)
    market.world.market.bump(deep)
    await passRounds(market, 1)
    expect([await toldIn(mine), await toldIn(late)]).toEqual([[], []])
  })

  it('leaves out what is gone, and what was not seen for a month', async () => {
    const { deep } = await knownSearch()
    const other = market.world.market.publish({ matching: BIKES, price: 1000 })
    await passRounds(market, 1)
    market.world.market.remove(other.id)
    const [now, month] = [market.deps.clock(), 31 * 86_400_000]
    await test.db.update(listings).set({ goneAt: now }).where(eq(listings.externalId, other.id))
    const lastSeenAt = new Date(now.getTime() - month)
    await test.db.update(listings).set({ lastSeenAt }).where(eq(listings.externalId, deep))
    const late = await createTestWorkspace(test.db)
    await createTestWatch(market, late)
    await passRounds(market, 1)
    expect(await countsIn(late)).toEqual([90])
  })
})

describe('the baseline message', () => {
  const steadyWatch = () => createSteadyWatch(market, test.db)

  it('counts all that is there, also when a page failed in between', async () => {
    const mine = await createTestWorkspace(test.db)
    market.world.market.seedMarket(90, { matching: BIKES })
    await createTestWatch(market, mine)
    let pages = 0
    const fetch: typeof market.deps.transport.fetch = async (request, ...rest) => {
      if (!request.url.endsWith('/robots.txt') && ++pages === 2)
        return { kind: 'failed', reason: 'network', detail: 'cut' }
      return market.deps.transport.fetch(request, ...rest)
    }
    await scanAll({ ...market.deps, transport: { ...market.deps.transport, fetch } })
    expect(await countsIn(mine)).toEqual([])
    await passRounds(market, 1)
    expect(await countsIn(mine)).toEqual([90])
  })

  it('counts what another link of the watch has found already', async () => {
    const { mine, watchId } = await steadyWatch()
    const urls = [BIKES, 'https://www.olx.pl/sport-hobby/rowery/']
    await mine.run((ctx) => updateWatch(ctx, { id: watchId, urls }), market.deps.clock())
    await passRounds(market, 1)
    expect(await countsIn(mine)).toEqual([5, 5])
  })

  it('counts what the same link had found before it was taken away', async () => {
    const { mine, watchId } = await steadyWatch()
    const change = (url: string) =>
      mine.run((ctx) => updateWatch(ctx, { id: watchId, urls: [url] }), market.deps.clock())
    await change('https://www.olx.pl/sport-hobby/rowery/warszawa/')
    await passRounds(market, 1)
    market.world.market.publish({ matching: BIKES })
    await change(BIKES)
    await passRounds(market, 1)
    expect(await countsIn(mine)).toEqual([5, 0, 6])
  })

  it('leaves out what its owner ignores', async () => {
    const { mine, watchId } = await steadyWatch()
    const [first] = await matchesOf(mine, watchId)
    await mine.run((ctx) => setMatchState(ctx, [first?.id ?? ''], 'ignored'))
    const urls = [BIKES, 'https://www.olx.pl/sport-hobby/rowery/']
    await mine.run((ctx) => updateWatch(ctx, { id: watchId, urls }), market.deps.clock())
    await passRounds(market, 1)
    expect(await countsIn(mine)).toEqual([5, 4])
  })
})
