import type { Listing } from '../listings/store-listings'
import type { observations } from '../listings/table'
import { siteNameOf } from '../sources/registry'
import type { ListedMatch, ShownMatch } from './schema'
import type { matches } from './table'

export type MatchRow = {
  readonly match: typeof matches.$inferSelect
  readonly listing: Listing
  readonly watchName: string
  /** Amounts as the database gives them. */
  readonly previousAmount: string | null
  readonly lowestAmount: string | null
  readonly wasGoneAt: Date | null
}

/** A match for the doors: times as ISO, money as text. */
export function describeMatch(row: MatchRow): ListedMatch {
  const { match, watchName } = row
  return {
    id: match.id,
    watchId: match.watchId,
    watchName,
    state: match.state,
    note: match.note,
    baseline: match.baseline,
    matchedAt: match.matchedAt.toISOString(),
    toldAt: match.toldAt?.toISOString() ?? null,
    listing: describeListing(row),
  }
}

function describeListing({ listing, previousAmount, lowestAmount, wasGoneAt }: MatchRow): ListedMatch['listing'] {
  const { id, source, title, url, photos, negotiable, city, district, region, sellerKind, sellerName } = listing
  return {
    ...{ id, source, title, url, photos, negotiable, city, district, region, sellerKind, sellerName },
    sourceName: siteNameOf(source, url),
    price: { kind: listing.priceKind, amount: listing.amount?.toString() ?? null, currency: listing.currency },
    previousAmount,
    lowestAmount,
    coordinates: coordinatesOf(listing),
    postedAt: listing.postedAt?.toISOString() ?? null,
    refreshedAt: listing.refreshedAt?.toISOString() ?? null,
    firstSeenAt: listing.firstSeenAt.toISOString(),
    lastSeenAt: listing.lastSeenAt.toISOString(),
    goneAt: listing.goneAt?.toISOString() ?? null,
    wasGoneAt: wasGoneAt?.toISOString() ?? null,
  }
}

function coordinatesOf({ lat, lon, exactPlace }: Listing): ListedMatch['listing']['coordinates'] {
  return lat === null || lon === null ? null : { lat, lon, exact: exactPlace }
}

export function describePoint(row: typeof observations.$inferSelect): ShownMatch['history'][number] {
  const { seenAt, state, priceKind, amount, currency } = row
  return { at: seenAt.toISOString(), state, price: { kind: priceKind, amount: amount?.toString() ?? null, currency } }
}
