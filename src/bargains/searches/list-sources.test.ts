import { expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createSteadyWatch, openTestMarket, passRounds } from '../testing-market'
import { listSources } from './list-sources'
import { overrideRobots } from './override-robots'
import { kindOf } from './rules-hours'
import { listedSourceSchema } from './schema'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'
const REASON = 'They wrote that we may'

async function olxOf(workspace: Awaited<ReturnType<typeof createTestWorkspace>>) {
  const listed = await workspace.run(listSources, market.deps.clock())
  const host = listed.map((one) => listedSourceSchema.parse(one)).flatMap(({ hosts }) => hosts)
  return host.find((one) => one.host === OLX)
}

it('a host’s page tells its answers by the hour, its budget, since when it refuses, and when it is asked next', async () => {
  const { mine } = await createSteadyWatch(market, test.db)
  market.world.market.setMode('olx.pl', { kind: 'rate', retryAfter: 5400 })
  await passRounds(market, 1)
  const host = await olxOf(mine)
  const answers = host?.hours.map(({ verdict, count }) => [kindOf(verdict), count])
  expect(answers).toEqual(expect.arrayContaining([['refused', 1]]))
  expect(answers?.filter(([kind]) => kind === 'well')).not.toEqual([])
  const next = Date.parse(host?.nextAt ?? '') - market.deps.clock().getTime()
  expect(next).toBeGreaterThan(5_390_000)
  expect(host).toMatchObject({
    perMinute: 20,
    lastMinute: 1,
    robots: { state: 'absent', forbids: false },
    override: null,
  })
  expect(host?.closedUntil).toBe(host?.nextAt)
  expect(Date.parse(host?.blockedSince ?? '')).toBeLessThanOrEqual(market.deps.clock().getTime())
})

it('a word against robots.txt is shown to its workspace with who and why, and to no other', async () => {
  const { mine } = await createSteadyWatch(market, test.db)
  market.robots.set(OLX, 'User-agent: *\nDisallow: /\nCrawl-delay: 3')
  await market.pass(24 * 60 + 12)
  expect(await olxOf(mine)).toMatchObject({ robots: { state: 'read', forbids: true, crawlDelay: 3 }, override: null })
  await mine.run((ctx) => overrideRobots(ctx, { host: OLX, reason: REASON }), market.deps.clock())
  expect(await olxOf(mine)).toMatchObject({ override: { reason: REASON, by: 'Test Owner' } })
  const other = await createTestWorkspace(test.db)
  expect((await olxOf(other))?.override).toBeNull()
})
