import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createSteadyWatch, matchesOf, openTestMarket } from '../testing-market'
import { deleteWatch } from '../watches/pause-watch'
import { checkOffers } from './check-offers'
import { forgetListings } from './forget-listings'
import { sweepSnapshots } from './sweep-snapshots'
import { listings, observations, offerSnapshots } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const DAY = 86_400_000

async function keysIn(): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of market.deps.storage.list('')) keys.push(key)
  return keys
}

async function withSnapshots() {
  const steady = await createSteadyWatch(market, test.db)
  for (let round = 0; round < 2; round++) {
    await checkOffers(market.deps)
    market.world.clock.advance(60_000)
  }
  return steady
}

it('a listing that no watch matched goes 90 days after it was seen, with its prices; a matched one stays', async () => {
  const { first } = await withSnapshots()
  const [kept] = await test.db.select().from(listings).where(eq(listings.externalId, first))
  await test.db.execute(sql`
    insert into listings (id, source, external_id, url, title, price_kind, first_seen_at, last_seen_at)
    select gen_random_uuid(), 'olx', 'old-' || n, 'https://www.olx.pl/', 'x', 'unknown', now(), ${market.deps.clock().toISOString()}::timestamptz
    from generate_series(1, 1200) n`)
  await test.db.execute(sql`
    insert into observations (listing_id, seen_at, state, price_kind)
    select id, now(), 'open', 'unknown' from listings where external_id like 'old-%'`)
  market.world.clock.advance(89 * DAY)
  expect(await forgetListings(market.deps)).toBe(0)
  market.world.clock.advance(2 * DAY)
  expect(await forgetListings(market.deps)).toBe(1200)
  expect(
    await test.db
      .select()
      .from(listings)
      .where(eq(listings.id, kept?.id ?? '')),
  ).toHaveLength(1)
  const left = await test.db.select().from(observations)
  expect(left.length).toBeLessThan(20)
})

it('snapshots go with their matches a day after the watch was deleted, rows and blobs', async () => {
  await sweepSnapshots(market.deps)
  const { mine, watchId } = await withSnapshots()
  const before = (await keysIn()).length
  expect(before).toBeGreaterThanOrEqual(5)
  await mine.run((ctx) => deleteWatch(ctx, watchId), market.deps.clock())
  expect((await sweepSnapshots(market.deps)).snapshots).toBe(0)
  market.world.clock.advance(2 * DAY)
  expect((await sweepSnapshots(market.deps)).snapshots).toBeGreaterThanOrEqual(5)
  expect(await keysIn()).toEqual([])
})

it('a snapshot goes after a year, though its match stays', async () => {
  const { mine, watchId } = await withSnapshots()
  market.world.clock.advance(366 * DAY)
  await sweepSnapshots(market.deps)
  expect(await test.db.select().from(offerSnapshots)).toEqual([])
  expect(await matchesOf(mine, watchId)).toHaveLength(5)
})

it('a process that died between blob and row leaves a blob, which goes; a row never lacks its blob', async () => {
  await withSnapshots()
  const named = await keysIn()
  await market.deps.storage.put('snapshots/2026-01/orphan.gz', Buffer.from('x'), 'application/gzip')
  const { storage } = market.deps
  // Blobs bear the machine's time, the market's clock is a moved one.
  const aged = (hours: number) => ({
    ...storage,
    list: async function* (prefix: string) {
      for await (const entry of storage.list(prefix)) {
        yield { ...entry, modifiedAt: new Date(market.deps.clock().getTime() - hours * 3_600_000) }
      }
    },
  })
  expect((await sweepSnapshots({ ...market.deps, storage: aged(0.5) })).orphans).toBe(0)
  expect((await sweepSnapshots({ ...market.deps, storage: aged(2) })).orphans).toBe(1)
  expect([...(await keysIn())].sort()).toEqual([...named].sort())
  const failing = { ...storage, delete: () => Promise.reject(new Error('killed')) }
  await test.db.execute(sql`update offer_snapshots set taken_at = taken_at - interval '2 years'`)
  await expect(sweepSnapshots({ ...market.deps, storage: failing })).rejects.toThrow('killed')
  expect(await test.db.select().from(offerSnapshots)).toEqual([])
  await sweepSnapshots({ ...market.deps, storage: aged(2) })
  expect(await keysIn()).toEqual([])
})
