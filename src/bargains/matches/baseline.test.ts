import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { listings } from '../listings/table'
import {
  BIKES,
  createTestWatch,
  matchesOf,
  openTestMarket,
  passRounds,
  scanAll,
  signalsIn,
  toldIn,
} from '../testing-market'

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
