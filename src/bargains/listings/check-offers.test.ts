import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createSteadyWatch, openTestMarket, toldIn } from '../testing-market'
import { checkOffers } from './check-offers'
import { listings, observations } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const HOUR = 3_600_000

async function rowOf(externalId: string) {
  const [row] = await test.db.select().from(listings).where(eq(listings.externalId, externalId))
  if (!row) throw new Error('no listing')
  return row
}

/** A watch whose first advert has left the result page a day ago. */
async function withLost() {
  const steady = await createSteadyWatch(market, test.db)
  market.world.market.remove(steady.first)
  for (let i = 0; i < 3; i++) await market.pass(9 * 60)
  return steady
}

describe('what its own page says of an advert', () => {
  it('gone is stored once, asked only where no search shows the advert', async () => {
    const { first } = await withLost()
    expect(await checkOffers(market.deps)).toBe(1)
    market.world.clock.advance(HOUR)
    await checkOffers(market.deps)
    const row = await rowOf(first)
    expect(row.goneAt).not.toBeNull()
    const points = await test.db.select().from(observations).where(eq(observations.listingId, row.id))
    expect(points.map((point) => point.state)).toEqual(['open', 'gone'])
    market.world.clock.advance(48 * HOUR)
    expect(await checkOffers(market.deps)).toBeLessThan(5)
  })

  it.each(['blocked', 'changed', 'broken', 'captcha200'] as const)('a page that is %s closes nothing', async (mode) => {
    const { first } = await withLost()
    market.world.market.setMode('olx.pl', mode)
    for (let i = 0; i < 3; i++) {
      await checkOffers(market.deps)
      market.world.clock.advance(25 * HOUR)
    }
    expect(await rowOf(first)).toMatchObject({ goneAt: null, gonePendingAt: null })
  })

  it('an advert that a moderator hides is neither open nor closed', async () => {
    const { first } = await withLost()
    market.world.market.hold(first)
    await checkOffers(market.deps)
    market.world.clock.advance(HOUR)
    await checkOffers(market.deps)
    expect((await rowOf(first)).goneAt).toBeNull()
  })

  it('an advert that comes back after that is told', async () => {
    const { mine, first } = await withLost()
    await checkOffers(market.deps)
    market.world.clock.advance(HOUR)
    await checkOffers(market.deps)
    market.world.market.restore(first)
    await market.pass(12)
    expect(await toldIn(mine)).toEqual(['listing.reappeared'])
    expect((await rowOf(first)).goneAt).toBeNull()
  })
})
