import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { listings, observations } from '../listings/table'
import { matches } from '../matches/table'
import { createTestMatch } from '../testing'
import { createWatch } from '../watches/create-watch'
import { newWatchSchema } from '../watches/schema'
import { findComparables, showPrices } from './queries'

const database = openTestDatabase()

async function createWatchIn(workspace: Awaited<ReturnType<typeof createTestWorkspace>>): Promise<string> {
  const input = newWatchSchema.parse({ name: 'Rowery', urls: ['https://www.olx.pl/sport-hobby/rowery/krakow/'] })
  return (await workspace.run((ctx) => createWatch(ctx, input))).id
}

/** A match whose advert asked these prices, the last one now. */
async function createPriced(
  workspace: Awaited<ReturnType<typeof createTestWorkspace>>,
  watchId: string,
  prices: readonly (readonly [daysAgo: number, amount: bigint])[],
): Promise<string> {
  const matchId = await createTestMatch(workspace, watchId)
  await withSystem(database.db, 'test', async (tx) => {
    const [match] = await tx.select().from(matches).where(eq(matches.id, matchId))
    const listingId = match?.listingId ?? ''
    await tx.delete(observations).where(eq(observations.listingId, listingId))
    const points = prices.map(([daysAgo, amount]) => ({ at: new Date(Date.now() - daysAgo * 86_400_000), amount }))
    await tx.insert(observations).values(
      points.map(({ at, amount }) => ({
        ...{ listingId, seenAt: at, state: 'open' as const, priceKind: 'fixed' as const },
        ...{ amount, currency: 'PLN' },
      })),
    )
    await tx
      .update(listings)
      .set({ firstSeenAt: points[0]?.at, amount: points.at(-1)?.amount, priceKind: 'fixed', currency: 'PLN' })
      .where(eq(listings.id, listingId))
  })
  return matchId
}

test('a watch without matches has no prices, and says so', async () => {
  const workspace = await createTestWorkspace(database.db)
  const watchId = await createWatchIn(workspace)
  const shown = await workspace.run((ctx) => showPrices(ctx, watchId))
  expect(shown).toEqual({ currency: null, days: [], now: null, drops: [] })
})

test('each day counts what was on the market at its end, and today what is on it now', async () => {
  const workspace = await createTestWorkspace(database.db)
  const watchId = await createWatchIn(workspace)
  await createPriced(workspace, watchId, [
    [5, 100_000n],
    [2, 80_000n],
  ])
  await createPriced(workspace, watchId, [[3, 50_000n]])
  await createPriced(workspace, watchId, [[1, 60_000n]])
  const { currency, days, now } = await workspace.run((ctx) => showPrices(ctx, watchId))
  expect(currency).toBe('PLN')
  expect(days.map(({ lowest, median, highest, count }) => [lowest, median, highest, count].join(' '))).toEqual([
    '100000 100000 100000 1',
    '100000 100000 100000 1',
    '50000 50000 100000 2',
    '50000 50000 80000 2',
    '50000 60000 80000 3',
    '50000 60000 80000 3',
  ])
  expect(now).toEqual({ lowest: '50000', low: '50000', median: '60000', high: '80000', highest: '80000', count: 3 })
})

test('a rise is no drop, and a drop names its match and both prices', async () => {
  const workspace = await createTestWorkspace(database.db)
  const watchId = await createWatchIn(workspace)
  const matchId = await createPriced(workspace, watchId, [
    [4, 90_000n],
    [3, 95_000n],
    [1, 70_000n],
  ])
  const { drops } = await workspace.run((ctx) => showPrices(ctx, watchId))
  expect(drops).toMatchObject([{ matchId, before: '95000', amount: '70000', currency: 'PLN' }])
})

test('the prices of another workspace’s watch are not shown', async () => {
  const [mine, theirs] = [await createTestWorkspace(database.db), await createTestWorkspace(database.db)]
  const watchId = await createWatchIn(theirs)
  await expect(mine.run((ctx) => showPrices(ctx, watchId))).rejects.toMatchObject({ code: 'not_found' })
})

test('a match is compared with the other adverts of its watch, in its currency alone, and never with fewer than 12', async () => {
  const workspace = await createTestWorkspace(database.db)
  const watchId = await createWatchIn(workspace)
  const matchId = await createPriced(workspace, watchId, [[3, 1_000_00n]])
  for (let n = 1; n <= 11; n++) await createPriced(workspace, watchId, [[2, BigInt(n) * 100_00n]])
  const compare = (currency: string) =>
    workspace.run((ctx) => findComparables(ctx, { matchId, watchId, currency, amount: 300_00n }))
  expect(await compare('PLN')).toBeNull()
  await createPriced(workspace, watchId, [[2, 1_200_00n]])
  expect(await compare('PLN')).toEqual({ low: '30000', median: '60000', high: '90000', count: 12, cheaperThan: 79 })
  expect(await compare('EUR')).toBeNull()
})
