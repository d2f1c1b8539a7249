import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import type { Listing, SeenListing } from '../listings/store-listings'
import { listings } from '../listings/table'
import { findLiveWatches } from '../searches/queries'
import { BIKES, createTestWatch, openTestMarket, scanAll } from '../testing-market'
import { watchSearches } from '../watches/table'
import { matchListings } from './match-listings'
import { REGEX_LIMITS } from './rules-regex'

const test = openTestDatabase()
const market = openTestMarket(test)

const isNew = { isNew: true, contentChanged: false, reappeared: false } as SeenListing['judged']

function seenOf(listing: Listing): SeenListing {
  const [id, description] = [newId(), 'word '.repeat(100)]
  return { listing: { ...listing, id, description }, judged: isNew, newToSearch: true, wasGoneAt: null }
}

it('the baseline holds all that a scan has seen, however dear the watch’s expression', async () => {
  const mine = await createTestWorkspace(test.db)
  market.world.market.seedMarket(1, { matching: BIKES })
  const watchId = await createTestWatch(market, mine)
  await scanAll(market.deps)
  const [watch] = await withSystem(test.db, 'test', (tx) => findLiveWatches(tx, eq(watchSearches.watchId, watchId)))
  const [listing] = await test.db.select().from(listings)
  if (!watch || !listing) throw new Error('nothing was scanned')
  const filter = { not: { on: 'description', is: 'regex', value: '[a-z]{190}' } } as const
  const joining = { ...watch, filter, baselineAt: null }
  const seen = Array.from({ length: REGEX_LIMITS.leastAtOnce + 5 }, () => seenOf(listing))
  const scanned = { searchId: watch.searchId, at: market.deps.clock(), watches: [joining], seen }
  const [news] = await withSystem(test.db, 'test', (tx) => matchListings(tx, scanned))
  expect(news?.events.filter(({ event }) => event.kind === 'baseline').length).toBeGreaterThanOrEqual(seen.length)
}, 60_000)
