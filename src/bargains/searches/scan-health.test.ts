import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { hosts } from '@/http/table'
import type { Transport } from '@/http/transport'
import { listings, observations } from '../listings/table'
import { BIKES, createSteadyWatch, openTestMarket, passRounds, scanAll, signalsIn, toldIn } from '../testing-market'
import { searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'

const steadyWatch = () => createSteadyWatch(market, test.db)
const passes = (count: number) => passRounds(market, count)

async function searchRow() {
  const [row] = await test.db.select().from(searches).where(sql`${searches.key} like '%/rowery/krakow/'`)
  if (!row) throw new Error('no search')
  return row
}

describe('a search that cannot be read', () => {
  it('a refusal is told once to the owner, and so is the recovery', async () => {
    const { mine } = await steadyWatch()
    market.world.market.setMode('olx.pl', 'blocked')
    for (let i = 0; i < 3; i++) await market.pass(61 * (i + 2))
    expect(await toldIn(mine)).toEqual(['search.blocked'])
    expect((await searchRow()).health).toBe('blocked')
    market.world.market.setMode('olx.pl', 'ok')
    for (let i = 0; i < 3; i++) await market.pass(400)
    expect(await toldIn(mine)).toEqual(['search.blocked', 'search.recovered'])
    expect((await signalsIn(mine))[1]?.facts).toMatchObject({ sourceName: 'OLX.pl', watchNames: ['Bikes'] })
  })

  it('a refusal is not asked again within the hour', async () => {
    await steadyWatch()
    market.world.market.setMode('olx.pl', 'captcha200')
    await market.pass(12)
    const asked = market.world.market.requests.length
    for (let i = 0; i < 5; i++) await market.pass(11)
    expect(market.world.market.requests).toHaveLength(asked)
  })

  it('Retry-After is kept to the second', async () => {
    await steadyWatch()
    market.world.market.setMode('olx.pl', { kind: 'rate', retryAfter: 5400 })
    await market.pass(12)
    const at = market.deps.clock().getTime()
    const [host] = await test.db.select().from(hosts).where(eq(hosts.host, OLX))
    expect((host?.closedUntil?.getTime() ?? 0) - at).toBeGreaterThan(5_395_000)
    expect(((await searchRow()).dueAt?.getTime() ?? 0) - at).toBeGreaterThan(5_395_000)
  })

  it.each([
    ['changed', 'search.changed'],
    ['gone', 'search.gone'],
  ] as const)('a page that is %s is told as %s', async (mode, kind) => {
    const { mine } = await steadyWatch()
    market.world.market.setMode('olx.pl', mode)
    await passes(1)
    expect(await toldIn(mine)).toEqual([kind])
  })

  it('a failing site is told at its third failure', async () => {
    const { mine } = await steadyWatch()
    market.world.market.setMode('olx.pl', 'broken')
    await market.pass(12)
    await market.pass(30)
    expect(await toldIn(mine)).toEqual([])
    await market.pass(60)
    expect(await toldIn(mine)).toEqual(['search.failing'])
  })

  it.each(['changed', 'blocked', 'broken', 'empty', 'gone', 'truncated', 'cut'] as const)(
    'a page without its adverts (%s) closes nothing and touches no listing',
    async (mode) => {
      await steadyWatch()
      const stored = async () => [await test.db.select().from(listings), await test.db.select().from(observations)]
      const before = await stored()
      market.world.market.setMode('olx.pl', mode)
      await market.pass(45)
      await market.pass(400)
      expect(await stored()).toEqual(before)
    },
  )

  it('with some adverts unreadable the others are read', async () => {
    const { mine } = await steadyWatch()
    market.world.market.publish({ matching: BIKES })
    market.world.market.setMode('olx.pl', 'partial')
    await passes(1)
    expect((await searchRow()).health).toBe('partial')
    expect((await toldIn(mine)).every((kind) => kind === 'listing.new')).toBe(true)
  })

  it('a read that breaks off tells what it saw, and the gap below it later', async () => {
    const { mine } = await steadyWatch()
    for (let i = 0; i < 60; i++) market.world.market.publish({ matching: BIKES })
    const { fetch } = market.deps.transport
    const lost = { kind: 'failed', reason: 'network', detail: 'reset' } as const
    const flaky: Transport = { fetch: async (asked) => (asked.url.includes('page=2') ? lost : fetch(asked)) }
    market.world.clock.advance(12 * 60_000)
    await scanAll({ ...market.deps, transport: flaky })
    const fresh = async () => (await signalsIn(mine)).reduce((sum, { facts }) => sum + Number(facts.fresh ?? 0), 0)
    const first = await fresh()
    expect(first).toBeGreaterThan(8)
    expect(first).toBeLessThan(60)
    await passes(1)
    const singles = (await toldIn(mine)).filter((kind) => kind === 'listing.new').length
    expect((await fresh()) + singles).toBe(60)
  })

  it('a page that cannot be stored backs its search off, and the others go on', async () => {
    const { mine } = await steadyWatch()
    await test.db.execute(sql`alter table listings add constraint no_lamps check (title <> 'Lampa')`)
    market.world.market.publish({ matching: BIKES, title: 'Lampa' })
    await passes(1)
    expect(await searchRow()).toMatchObject({ health: 'failed', failures: 1, claimId: null })
    expect(await toldIn(mine)).toEqual([])
    await test.db.execute(sql`alter table listings drop constraint no_lamps`)
    await market.pass(30)
    expect(await toldIn(mine)).toEqual(['listing.new'])
  })
})
