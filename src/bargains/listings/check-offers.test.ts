import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { setMatchState } from '../matches/set-match-state'
import { createSteadyWatch, matchesOf, openTestMarket, toldIn } from '../testing-market'
import { checkOffers } from './check-offers'
import { listings, observations, offerSnapshots } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const HOUR = 3_600_000

async function rowOf(externalId: string) {
  const [row] = await test.db.select().from(listings).where(eq(listings.externalId, externalId))
  if (!row) throw new Error('no listing')
  return row
}

async function snapshotsOf(externalId: string) {
  const { id } = await rowOf(externalId)
  const rows = test.db.select().from(offerSnapshots).where(eq(offerSnapshots.listingId, id))
  return rows.orderBy(asc(offerSnapshots.takenAt))
}

/** Rounds of the job, a minute apart, until nothing is due. */
async function checkAll(): Promise<number> {
  let asked = 0
  for (let round = 0; round < 20; round++) {
    const now = await checkOffers(market.deps)
    if (now === 0) break
    asked += now
    market.world.clock.advance(60_000)
  }
  return asked
}

/** A watch of five adverts whose pages were read, and whose first has left the result page a day ago. */
async function withLost() {
  const steady = await createSteadyWatch(market, test.db)
  expect(await checkAll()).toBe(5)
  market.world.market.remove(steady.first)
  for (let i = 0; i < 3; i++) await market.pass(9 * 60)
  return steady
}

describe('what its own page says of an advert', () => {
  it('is read once for each match, and no more while a search shows it', async () => {
    const { first } = await createSteadyWatch(market, test.db)
    expect(await checkOffers(market.deps)).toBe(4)
    market.world.clock.advance(60_000)
    expect(await checkAll()).toBe(1)
    const row = await rowOf(first)
    expect(row.detailsAt).not.toBeNull()
    expect(row.description?.length ?? 0).toBeGreaterThan(0)
    expect(row.lat).not.toBeNull()
    for (let i = 0; i < 5; i++) {
      market.world.market.bump(first)
      await market.pass(6 * 60)
      expect(await checkOffers(market.deps)).toBe(0)
    }
  })

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

  it('an advert that a moderator hides is neither open nor closed, until it is shown again', async () => {
    const { first } = await withLost()
    market.world.market.hold(first)
    await checkOffers(market.deps)
    market.world.clock.advance(HOUR)
    await checkOffers(market.deps)
    const row = await rowOf(first)
    expect(row).toMatchObject({ goneAt: null, gonePendingAt: null })
    expect(row.heldAt).not.toBeNull()
    market.world.market.restore(first)
    await market.pass(12)
    expect((await rowOf(first)).heldAt).toBeNull()
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

  it('a lower price is told, and the same page twice changes nothing', async () => {
    const { mine, first, watchId } = await createSteadyWatch(market, test.db)
    await checkAll()
    const [match] = (await matchesOf(mine, watchId)).filter(Boolean)
    const favourite = match?.id ?? ''
    await mine.run((ctx) => setMatchState(ctx, [favourite], 'favourite'))
    const [row] = await test.db
      .select()
      .from(listings)
      .where(eq(listings.id, match?.listingId ?? ''))
    market.world.market.reprice(row?.externalId ?? first, 700)
    market.world.clock.advance(2 * HOUR)
    expect(await checkOffers(market.deps)).toBe(1)
    expect(await toldIn(mine)).toEqual(['listing.price_drop'])
    market.world.clock.advance(2 * HOUR)
    expect(await checkOffers(market.deps)).toBe(1)
    expect(await toldIn(mine)).toEqual(['listing.price_drop'])
    expect(await snapshotsOf(row?.externalId ?? '')).toHaveLength(2)
  })
})

describe('a snapshot', () => {
  it('is kept with its hash, and another only when the advert says something else', async () => {
    const { first } = await createSteadyWatch(market, test.db)
    await checkAll()
    const [snapshot] = await snapshotsOf(first)
    expect(snapshot).toMatchObject({
      amount: 100_000n,
      currency: 'PLN',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const blob = await market.deps.storage.get(snapshot?.blobKey ?? '')
    expect(blob?.contentType).toBe('application/gzip')
    expect(snapshot?.bytes).toBeGreaterThan(blob?.bytes.length ?? 0)
  })

  it('that cannot be kept does not keep the advert from being checked', async () => {
    const { first } = await createSteadyWatch(market, test.db)
    const put = () => Promise.reject(new Error('the disk is full'))
    await checkOffers({ ...market.deps, storage: { ...market.deps.storage, put } })
    expect((await rowOf(first)).detailsAt).not.toBeNull()
    expect(await snapshotsOf(first)).toEqual([])
  })
})

describe('politeness', () => {
  it('a host that is closed holds no other up, and no host is asked more than its share', async () => {
    await createSteadyWatch(market, test.db)
    const cars = 'https://www.otomoto.pl/osobowe/skoda/octavia'
    market.world.market.seedMarket(3, { matching: cars, promoted: false })
    await createSteadyWatch(market, test.db, { urls: [cars] })
    await test.db.execute(`update hosts set closed_until = '2999-01-01' where host = 'www.olx.pl'`)
    const before = market.world.market.requests.length
    expect(await checkOffers(market.deps)).toBe(3)
    expect(market.world.market.requests.length - before).toBeLessThanOrEqual(4)
    await test.db.execute(`update hosts set closed_until = null`)
  })
})
