import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { updateWorkspace } from '@/accounts/update-workspace'
import { openTestDatabase } from '@/db/testing'
import {
  BIKES,
  createSteadyWatch,
  createTestWatch,
  openTestMarket,
  passRounds,
  scanAll,
  signalsIn,
  toldIn,
} from '../testing-market'
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

const WORKSPACE = {
  name: 'Test',
  currency: 'PLN',
  timeZone: 'Europe/Warsaw',
  locale: 'en',
  fiscalYearStart: 1,
} as const

/** Switches the bargains half of a workspace. */
const setBargains = (workspace: TestWorkspace, bargains: boolean) =>
  workspace.run((ctx) => updateWorkspace(ctx, { ...WORKSPACE, giving: true, bargains }), market.deps.clock())

describe('a workspace that switches its bargains off and on again', () => {
  it('is not read for meanwhile, and then told in one message what came', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    await setBargains(mine, false)
    await passRounds(market, 1)
    const asked = market.world.market.requests.length
    for (let i = 0; i < 3; i++) market.world.market.publish({ matching: BIKES })
    await passRounds(market, 3)
    expect([market.world.market.requests.length, await toldIn(mine)]).toEqual([asked, []])
    await setBargains(mine, true)
    await passRounds(market, 3)
    expect(await toldIn(mine)).toEqual(['listing.many'])
    expect((await signalsIn(mine)).at(-1)?.facts).toMatchObject({ fresh: 3, returning: true })
  })

  it('loses nothing that another workspace’s scans saw meanwhile, from the first one on', async () => {
    const { mine, first } = await createSteadyWatch(market, test.db)
    await createTestWatch(market, await createTestWorkspace(test.db))
    await scanAll(market.deps)
    await setBargains(mine, false)
    market.world.market.publish({ matching: BIKES })
    market.world.market.reprice(first, 500)
    await passRounds(market, 2)
    await setBargains(mine, true)
    await passRounds(market, 2)
    expect(await toldIn(mine)).toEqual(['listing.many'])
    expect((await signalsIn(mine)).at(-1)?.facts).toMatchObject({ fresh: 1, cheaper: 1, returning: true })
  })

  it('is read at its own interval again, not at that of those who look less often', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    await createTestWatch(market, await createTestWorkspace(test.db), { interval: 600 })
    await scanAll(market.deps)
    await setBargains(mine, false)
    await passRounds(market, 2)
    await setBargains(mine, true)
    const asked = market.world.market.requests.length
    await market.pass(1)
    expect(market.world.market.requests).toHaveLength(asked + 1)
  })
})
