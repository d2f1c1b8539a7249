import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createTestWatch, openTestMarket, scanAll, toldIn } from '../testing-market'
import { checkOffers } from './check-offers'
import { listings } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const URL = 'https://www.vinted.pl/catalog?search_text=rower'
const HOUR = 60

/** A watch of three adverts whose pages say by their status alone that they are gone; all were read. */
async function createWatched() {
  const mine = await createTestWorkspace(test.db)
  const [advert] = market.world.market.seedMarket(3, { matching: URL, promoted: false })
  await createTestWatch(market, mine, { urls: [URL], interval: 6 * HOUR })
  await scanAll(market.deps)
  await checkOffers(market.deps)
  return { mine, id: advert?.id ?? '' }
}

async function rowOf(externalId: string) {
  const [row] = await test.db.select().from(listings).where(eq(listings.externalId, externalId))
  return row
}

/** Hours in which the pages of adverts are asked, and searches read only where `scans` says so. */
async function pass(hours: number, scans: boolean) {
  for (let half = 0; half < hours * 2; half++) {
    if (scans) await market.pass(30)
    else market.world.clock.advance(30 * 60_000)
    await checkOffers(market.deps)
  }
}

describe('a site that answers 404 to everything', () => {
  it('closes no advert, so that none comes back from nowhere', async () => {
    const { mine, id } = await createWatched()
    market.world.market.setMode('vinted.pl', 'empty')
    await pass(20, true)
    market.world.market.setMode('vinted.pl', 'gone')
    await pass(12, true)
    expect(await rowOf(id)).toMatchObject({ goneAt: null })
    market.world.market.setMode('vinted.pl', 'ok')
    await pass(12, true)
    expect(await rowOf(id)).toMatchObject({ goneAt: null, gonePendingAt: null })
    expect((await toldIn(mine)).filter((kind) => kind === 'listing.reappeared')).toEqual([])
  })

  it('an advert is gone half an hour after it seemed so, where its site was read in between', async () => {
    const { id } = await createWatched()
    market.world.market.remove(id)
    await pass(36, true)
    expect((await rowOf(id))?.goneAt).not.toBeNull()
  })

  it('an advert whose site nobody reads any more is gone after a day', async () => {
    const { id } = await createWatched()
    market.world.market.remove(id)
    await pass(28, false)
    expect(await rowOf(id)).toMatchObject({ goneAt: null })
    await pass(26, false)
    expect((await rowOf(id))?.goneAt).not.toBeNull()
  })
})
