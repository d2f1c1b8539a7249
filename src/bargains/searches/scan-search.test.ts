import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { BIKES, createTestWatch, kindsIn, matchesOf, openTestMarket, scanAll, signalsIn } from '../testing-market'

const test = openTestDatabase()
const market = openTestMarket(test)

describe('what a watch is told', () => {
  it('what is there already is the silent baseline, told in one message', async () => {
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

  it('a new advert is told once', async () => {
    const mine = await createTestWorkspace(test.db)
    market.world.market.seedMarket(5, { matching: BIKES })
    await createTestWatch(market, mine)
    await scanAll(market.deps)
    market.world.market.publish({ matching: BIKES, title: 'Rower miejski', price: 650 })
    for (let i = 0; i < 3; i++) await market.pass(12)
    expect(await kindsIn(mine)).toEqual(['watch.baseline', 'listing.new'])
    expect((await signalsIn(mine))[1]?.facts).toMatchObject({
      title: 'Rower miejski',
      price: { amount: '65000', currency: 'PLN' },
    })
  })
})
