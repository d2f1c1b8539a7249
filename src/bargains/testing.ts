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
