import { isNotNull } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createBrowserTransport } from '@/http/browser-transport'
import { findBrowser } from '@/http/find-browser'
import type { Transport } from '@/http/transport'
import { BIKES, createSteadyWatch, openTestMarket, scanAll, toldIn } from '../testing-market'
import { searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const executable = findBrowser(process.env.GLEANER_BROWSER)
if (executable === null) process.stdout.write('no browser: the test of a search that needs one is skipped\n')

describe.skipIf(executable === null)('a site that refuses all but browsers', { timeout: 60_000 }, () => {
  const ending: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const end of ending) await end()
  })

  it('is read by one after three refusals of each politer way, and what is new there is told', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    const origins: Record<string, string> = JSON.parse(market.world.env().GLEANER_ORIGINS ?? '{}')
    const browser = createBrowserTransport({ origins, userAgent: 'Gleaner/test', executable })
    ending.push(browser.close)
    const fetch: Transport['fetch'] = async (request) => {
      const answer = await market.deps.transport.fetch(request)
      const isPage = !request.url.endsWith('/robots.txt')
      return isPage && answer.kind === 'answered' ? { ...answer, status: 403, bytes: Buffer.from('no') } : answer
    }
    const pass = async (minutes: number) => {
      market.world.clock.advance(minutes * 60_000)
      await scanAll({ ...market.deps, transport: { fetch }, browser })
    }
    for (let n = 0; n < 7; n++) await pass(361)
    market.world.market.publish({ matching: BIKES, price: 750 })
    await pass(12)
    expect(await toldIn(mine)).toEqual(['search.blocked', 'search.recovered', 'listing.new'])
    const [row] = await test.db.select().from(searches).where(isNotNull(searches.dueAt))
    expect(row).toMatchObject({ health: 'ok', etag: null, ways: { browser: { verdict: 'ok', refusals: 0 } } })
    const agents = market.world.market.requests.slice(-1).map(({ headers }) => headers['user-agent'])
    expect(agents).toEqual([expect.stringMatching(/HeadlessChrome.*Gleaner\/test$/)])
  })
})
