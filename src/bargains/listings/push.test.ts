import { gzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import {
  BIKES,
  createSteadyWatch,
  createTestWatch,
  kindsIn,
  matchesOf,
  openTestMarket,
  scanAll,
  toldIn,
} from '../testing-market'
import { pushListings } from './push-listings'
import { previewPage, storePage, unpackPage } from './push-page'
import { pushBatchSchema } from './schema'
import { listings, observations } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)

const advertOf = (n: number, amount = '65000') => ({
  url: `https://www.olx.pl/d/oferta/rower-CID767-ID${'abcdefghij'[n % 10]}${1000 + n}.html`,
  title: `Rower ${n}`,
  price: { kind: 'fixed', amount, currency: 'PLN' },
})

let requests = 0
function push(mine: TestWorkspace, list: readonly unknown[], more: object = {}) {
  const batch = pushBatchSchema.parse({ requestId: `r${++requests}`, listings: list, ...more })
  return pushListings(market.deps, mine.workspaceId, batch)
}

describe('a batch of adverts', () => {
  it('is judged one by one: stored, known, updated, rejected with the reason', async () => {
    const mine = await createTestWorkspace(test.db)
    const first = await push(mine, [
      advertOf(1),
      advertOf(1),
      { title: 'No address' },
      { ...advertOf(2), url: 'http://192.168.1.1/' },
      { ...advertOf(3), url: 'https://www.olx.pl/sport-hobby/rowery/' },
      { ...advertOf(4), externalId: '7' },
      { ...advertOf(5), url: 'https://shop.example.org/bike' },
      { ...advertOf(6), price: { kind: 'fixed', amount: '-1', currency: 'PLN' } },
    ])
    expect(first).toMatchObject({ stored: 1, rejected: 7, watches: 0 })
    const reasons = first.results.map(({ reason }) => reason)
    expect(reasons).toEqual([null, 'twice', 'shape', 'address', 'notAnAdvert', 'otherId', 'noId', 'shape'])
    expect(await push(mine, [advertOf(1)])).toMatchObject({ known: 1 })
    expect(await push(mine, [advertOf(1, '60000')])).toMatchObject({ updated: 1 })
    const [row] = await test.db.select().from(listings).where(eq(listings.title, 'Rower 1'))
    const points = await test.db
      .select()
      .from(observations)
      .where(eq(observations.listingId, row?.id ?? ''))
    expect(points.map(({ amount }) => amount).sort()).toEqual([60_000n, 65_000n])
  })

  it('twice under one id is once, and another one under it is refused', async () => {
    const mine = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, mine)
    const batch = { requestId: 'same', watchId }
    const answers = await Promise.all([push(mine, [advertOf(11)], batch), push(mine, [advertOf(11)], batch)])
    expect(answers[1]).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ stored: 1, watches: 1 })
    expect(await kindsIn(mine)).toEqual(['listing.new'])
    await expect(push(mine, [advertOf(12)], batch)).rejects.toMatchObject({ code: 'conflict' })
    const theirs = await createTestWorkspace(test.db)
    expect(await push(theirs, [advertOf(13)], { requestId: 'same' })).toMatchObject({ stored: 1 })
    await expect(push(theirs, [advertOf(14)], { watchId })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of a search begins with its silent baseline, then tells what is new, by the filter', async () => {
    const mine = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, mine, {
      filter: { not: { on: 'title', is: 'word', value: 'dziecięcy' } },
    })
    const search = { searchUrl: `${BIKES}?page=1` }
    expect(await push(mine, [advertOf(21), advertOf(22)], search)).toMatchObject({ stored: 2, watches: 1 })
    expect(await kindsIn(mine)).toEqual(['watch.baseline'])
    await push(mine, [advertOf(21), { ...advertOf(23), title: 'Rower dziecięcy' }, advertOf(24)], search)
    await push(mine, [advertOf(24), advertOf(21, '50000')], search)
    expect(await toldIn(mine)).toEqual(['listing.new', 'listing.price_drop'])
    expect(await matchesOf(mine, watchId)).toHaveLength(3)
  })

  it('cannot change what other workspaces’ watches see', async () => {
    const { mine, first } = await createSteadyWatch(market, test.db)
    const [row] = await test.db.select().from(listings).where(eq(listings.externalId, first))
    const evil = await createTestWorkspace(test.db)
    const fake = { ...advertOf(1, '1'), url: row?.url, externalId: first }
    expect(await push(evil, [fake])).toMatchObject({ rejected: 1, results: [{ reason: 'shared' }] })
    const [after] = await test.db.select().from(listings).where(eq(listings.externalId, first))
    expect(after?.amount).toBe(row?.amount)
    expect(await toldIn(mine)).toEqual([])
  })

  it('what was handed over counts no more once a scan has read it', async () => {
    const evil = await createTestWorkspace(test.db)
    const [advert] = market.world.market.seedMarket(1, { matching: BIKES, price: 1000 })
    const { mine } = await createSteadyWatch(market, test.db)
    await test.db.execute(`delete from observations; delete from search_listings; delete from matches`)
    const [row] = await test.db
      .select()
      .from(listings)
      .where(eq(listings.externalId, advert?.id ?? ''))
    await test.db
      .update(listings)
      .set({ pushedBy: evil.workspaceId, amount: 1n })
      .where(eq(listings.id, row?.id ?? ''))
    market.world.market.bump(advert?.id ?? '')
    market.world.clock.advance(3_600_000)
    await scanAll(market.deps)
    const [after] = await test.db
      .select()
      .from(listings)
      .where(eq(listings.id, row?.id ?? ''))
    expect(after).toMatchObject({ pushedBy: null, amount: 100_000n })
    const points = await test.db
      .select()
      .from(observations)
      .where(eq(observations.listingId, row?.id ?? ''))
    expect(points.map(({ amount }) => amount)).toEqual([100_000n])
    expect(await toldIn(mine)).not.toContain('listing.price_drop')
  })
})

describe('a page that a browser hands over', () => {
  async function fetchPage(url: string): Promise<Uint8Array> {
    const fetched = await market.deps.transport.fetch({ url })
    if (fetched.kind !== 'answered') throw new Error(fetched.detail)
    return fetched.bytes
  }

  it('is read by the usual parsers, shown, and stored only then', async () => {
    market.world.market.seedMarket(12, { matching: BIKES, promoted: false })
    const mine = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, mine)
    const saved = { url: BIKES, bytes: await fetchPage(BIKES) }
    const before = await test.db.$count(listings)
    const shown = await previewPage(market.deps, mine.workspaceId, saved)
    expect(shown).toMatchObject({ verdict: 'ok', kind: 'result', watches: ['Bikes'] })
    expect(await test.db.$count(listings)).toBe(before)
    const answer = await storePage(market.deps, mine.workspaceId, saved)
    expect(answer).toMatchObject({ stored: shown.items.length, watches: 1 })
    expect(await matchesOf(mine, watchId)).toHaveLength(shown.items.length)
    expect(await storePage(market.deps, mine.workspaceId, saved)).toMatchObject({
      stored: 0,
      known: shown.items.length,
    })
    expect(await kindsIn(mine)).toEqual(['watch.baseline'])
  })

  it('of one advert brings its details', async () => {
    const [advert] = market.world.market.seedMarket(1, { matching: BIKES, promoted: false })
    const mine = await createTestWorkspace(test.db)
    const { items } = await previewPage(market.deps, mine.workspaceId, { url: BIKES, bytes: await fetchPage(BIKES) })
    const url = items.find(({ externalId }) => externalId === advert?.id)?.url ?? ''
    const page = await fetchPage(url)
    expect(await storePage(market.deps, mine.workspaceId, { url, bytes: page })).toMatchObject({ stored: 1 })
    const [row] = await test.db
      .select()
      .from(listings)
      .where(eq(listings.externalId, advert?.id ?? ''))
    expect(row?.detailsAt).not.toBeNull()
    expect(row?.pushedBy).toBe(mine.workspaceId)
  })

  it('that shows nothing stores nothing, and is told by its verdict', async () => {
    const mine = await createTestWorkspace(test.db)
    const saved = { url: BIKES, bytes: Buffer.from('<title>Hello</title>') }
    expect(await previewPage(market.deps, mine.workspaceId, saved)).toMatchObject({ verdict: 'changed', items: [] })
    await expect(storePage(market.deps, mine.workspaceId, saved)).rejects.toMatchObject({ reason: 'push.nothing' })
    const elsewhere = { ...saved, url: 'http://127.0.0.1/' }
    await expect(previewPage(market.deps, mine.workspaceId, elsewhere)).rejects.toMatchObject({
      reason: 'push.address',
    })
  })

  it('that is a bomb or no gzip is refused', async () => {
    const packed = (bytes: Buffer) => ({ url: BIKES, page: bytes.toString('base64') })
    expect((await unpackPage(packed(gzipSync('<p>')))).bytes.toString()).toBe('<p>')
    const bomb = packed(gzipSync(Buffer.alloc(9 * 1024 * 1024)))
    await expect(unpackPage(bomb)).rejects.toMatchObject({ code: 'bad_input' })
    await expect(unpackPage(packed(Buffer.from('no gzip')))).rejects.toMatchObject({ reason: 'push.unreadable' })
  })
})
