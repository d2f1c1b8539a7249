import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createSteadyWatch, openTestMarket } from '../testing-market'
import { deleteWatch, pauseWatch } from '../watches/pause-watch'
import { scanHost } from './scan-search'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'

/** One stretch of the host's scanning. */
const stretch = () => scanHost(market.deps, OLX, new Date(market.deps.clock().getTime() + 50_000))

describe('when a host is looked at again', () => {
  it.each([
    ['paused', pauseWatch],
    ['deleted', deleteWatch],
  ])('never for a search whose only watch is %s, also when it is due', async (_, stop) => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await mine.run((ctx) => stop(ctx, watchId), market.deps.clock())
    market.world.clock.advance(12 * 60_000)
    expect(await stretch()).toEqual({ scanned: 0, nextAt: null })
  })

  it('when the search of a live watch is due', async () => {
    await createSteadyWatch(market, test.db)
    const { nextAt } = await stretch()
    expect(nextAt?.getTime()).toBeGreaterThan(market.deps.clock().getTime())
  })
})
