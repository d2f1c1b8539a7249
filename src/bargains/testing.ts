import type { TestWorkspace } from '@/accounts/testing'
import { newId } from '@/kernel/ids'
import { listings } from './listings/table'
import { matches } from './matches/table'
import type { Item } from './sources/source'

/** An advert for tests: 100 zł more for each number, in Kraków. */
export function itemOf(externalId: string, change: Partial<Item> = {}): Item {
  return {
    externalId,
    url: `https://market.example/advert-${externalId}.html`,
    title: `Rower ${externalId}`,
    description: 'Stan dobry',
    price: { kind: 'fixed', amount: 10_000n * BigInt(externalId), currency: 'PLN', negotiable: false },
    seller: { kind: 'private', id: null, name: null },
    promoted: false,
    place: { city: 'Kraków', district: 'Podgórze', region: 'Małopolskie' },
    coordinates: null,
    photos: [`https://photos.example/${externalId}.jpg`],
    postedAt: '2026-11-20T10:00:00.000Z',
    refreshedAt: null,
    attributes: [],
    ...change,
  }
}

/** A match of the watch with a listing of its own, as a scan would have made it. */
export async function createTestMatch(workspace: TestWorkspace, watchId: string): Promise<string> {
  const { workspaceId } = workspace
  const [id, listingId, seenAt] = [newId(), newId(), new Date()]
  const priceKind = 'fixed' as const
  await workspace.run(async ({ db }) => {
    const advert = { id: listingId, source: 'olx', externalId: listingId, url: 'https://www.olx.pl/', title: 'Rower' }
    await db.insert(listings).values({ ...advert, priceKind, firstSeenAt: seenAt, lastSeenAt: seenAt })
    await db.insert(matches).values({ id, workspaceId, watchId, listingId, matchedAt: seenAt })
  })
  return id
}
