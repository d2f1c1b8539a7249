import { randomBytes } from 'node:crypto'
import { eq, isNotNull } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { users } from '@/accounts/table'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { hosts } from '@/http/table'
import type { Transport } from '@/http/transport'
import { createSteadyWatch, createTestWatch, openTestMarket, scanAll, toldIn } from '../testing-market'
import { guardedSite } from '../testing-ways'
import { forgetBadPages, keepBadPage, listBadPages, openBadPage } from './keep-bad-page'
import { badPages, searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const OLX = 'www.olx.pl'
const guarded = (refused: Set<string>, browserThere = true) => guardedSite(market, refused, browserThere)

afterEach(async () => {
  await test.db.update(hosts).set({ ways: {} })
  await test.db.update(searches).set({ ways: {}, apiUrl: null })
  await withSystem(test.db, 'test', (tx) => tx.delete(badPages))
})

async function searchRow() {
  const [row] = await test.db.select().from(searches).where(isNotNull(searches.dueAt))
  if (!row) throw new Error('no search')
  return row
}

describe('the ways to a search', () => {
  it('the plain page is all that is asked for while it works', async () => {
    await createSteadyWatch(market, test.db)
    const site = guarded(new Set())
    for (let n = 0; n < 3; n++) await site.pass(12)
    expect(new Set(site.names())).toEqual(new Set(['plain']))
    expect((await searchRow()).apiUrl).toMatch(/^https:\/\/www\.olx\.pl\/api\/v1\/offers\?.*sort_by=created_at/)
  })

  it('after three refusals the API is read, told are one refusal and one recovery, and new adverts are found', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    const site = guarded(new Set(['plain']))
    for (let n = 0; n < 5; n++) await site.pass(361)
    expect(site.names()).toEqual(['plain', 'plain', 'plain', 'api', 'api'])
    market.world.market.publish({ matching: 'https://www.olx.pl/sport-hobby/rowery/krakow/', price: 700 })
    await site.pass(12)
    expect(await toldIn(mine)).toEqual(['search.blocked', 'search.recovered', 'listing.new'])
  })

  it('a browser comes last, and a politer way is tried once a day without a word to the owner', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    const refused = new Set(['plain', 'api'])
    const site = guarded(refused)
    for (let n = 0; n < 7; n++) await site.pass(361)
    expect(site.names()).toEqual([...Array(3).fill('plain'), ...Array(3).fill('api'), 'plain', 'browser'])
    const told = await toldIn(mine)
    site.asked.splice(0)
    for (let n = 0; n < 24 * 4; n++) await site.pass(30)
    const counts = Map.groupBy(site.names(), (way) => way)
    expect(counts.get('plain')?.length).toBeLessThanOrEqual(2)
    expect(counts.get('api')?.length).toBeLessThanOrEqual(2)
    expect(counts.get('browser')?.length).toBeGreaterThan(80)
    expect(await toldIn(mine)).toEqual(told)
    refused.clear()
    site.asked.splice(0)
    for (let n = 0; n < 60; n++) await site.pass(30)
    expect(site.names().at(-1)).toBe('plain')
  })

  it('what one search learned of a host, its other searches know', async () => {
    const mine = await createTestWorkspace(test.db)
    const urls = ['a', 'b', 'c', 'd', 'e', 'f'].map((word) => `https://www.olx.pl/sport-hobby/rowery/q-${word}/`)
    await createTestWatch(market, mine, { urls })
    const site = guarded(new Set(['plain', 'api']))
    for (let n = 0; n < 3; n++) await site.pass(361)
    expect(site.names().filter((way) => way === 'plain')).toHaveLength(3)
  })

  it('without a browser the search stays refused, and is tried no more often', async () => {
    const { mine } = await createSteadyWatch(market, test.db)
    const site = guarded(new Set(['plain', 'api']), false)
    for (let n = 0; n < 8; n++) await site.pass(361)
    expect(site.names()).toHaveLength(8)
    expect(await toldIn(mine)).toEqual(['search.blocked'])
  })
})

describe('fields that fell', () => {
  it('make the search partial, and tell whoever runs this once, and once when they are back', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await withSystem(test.db, 'test', (tx) =>
      tx.update(users).set({ administrator: true }).where(eq(users.id, mine.userId)),
    )
    expect(watchId).toBeTruthy()
    const spoil = { on: false }
    const fetch: Transport['fetch'] = async (request) => {
      const answer = await market.deps.transport.fetch({ url: request.url })
      if (answer.kind === 'failed' || !spoil.on) return answer
      const html = Buffer.from(answer.bytes).toString().replaceAll('\\"photos\\":[', '\\"photos\\":[],\\"pictures\\":[')
      return { ...answer, bytes: Buffer.from(html) }
    }
    const deps = { ...market.deps, transport: { fetch } }
    const pass = async () => {
      market.world.clock.advance(12 * 60_000)
      await scanAll(deps)
    }
    market.world.market.seedMarket(30, { matching: 'https://www.olx.pl/sport-hobby/rowery/krakow/', price: 900 })
    for (let n = 0; n < 6; n++) await pass()
    expect((await searchRow()).health).toBe('ok')
    spoil.on = true
    for (let n = 0; n < 3; n++) await pass()
    const fallen = await searchRow()
    expect([fallen.health, fallen.healthReason]).toEqual(['partial', expect.stringContaining('photos')])
    spoil.on = false
    for (let n = 0; n < 3; n++) await pass()
    const told = (await toldIn(mine)).filter((kind) => kind.startsWith('source.'))
    expect([(await searchRow()).health, told]).toEqual(['ok', ['source.fields', 'source.fields_back']])
  })
})

describe('pages that could not be read', () => {
  it('are kept as they came, one an hour of a search and verdict, and go after 7 days', async () => {
    await createSteadyWatch(market, test.db)
    market.world.market.setMode('olx.pl', 'changed')
    for (let n = 0; n < 3; n++) await market.pass(12)
    const kept = await listBadPages(market.deps, OLX)
    expect(kept).toMatchObject([{ verdict: 'changed', way: 'plain', status: 200, host: OLX }])
    const [first] = kept
    const bytes = first && (await openBadPage(market.deps, first))
    expect(Buffer.from(bytes ?? []).toString()).toContain('<html')
    market.world.clock.advance(8 * 24 * 60 * 60_000)
    await forgetBadPages(market.deps)
    expect([await listBadPages(market.deps), first && (await market.deps.storage.get(first.storageKey))]).toEqual([
      [],
      null,
    ])
  })

  it('never fill more than their size, and the newest stay', async () => {
    const page = { host: 'big.example', source: 'any', searchId: null, status: 200, headers: {}, way: 'plain' }
    for (let n = 0; n < 8; n++) {
      market.world.clock.advance(1000)
      const bytes = randomBytes(1_900_000)
      const url = `https://big.example/${n}`
      await keepBadPage(market.deps, { ...page, url, variant: '', verdict: 'changed', reason: null, bytes })
    }
    const kept = await listBadPages(market.deps, 'big.example')
    expect(kept.map(({ url }) => url.at(-1))).toEqual(['7', '6', '5', '4', '3'])
    const blobs: string[] = []
    for await (const { key, size } of market.deps.storage.list('bad-pages/')) if (size > 1_000_000) blobs.push(key)
    expect(blobs).toHaveLength(5)
  })
})
