import type { Listing } from '../listings/store-listings'
import type { observations, offerSnapshots } from '../listings/table'
import type { Linked } from '../prices/find-ladders'
import type { LinkedListing, ShownLadder } from '../prices/schema'
import { siteNameOf } from '../sources/registry'
import type { ListedMatch, ShownMatch, ShownSnapshot } from './schema'
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
export function describeMatch(row: MatchRow, ladder: ShownLadder | null): ListedMatch {
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
    listing: { ...describeListing(row), ladder },
  }
}

function describeListing(row: MatchRow): Omit<ListedMatch['listing'], 'ladder'> {
  const { listing, previousAmount, lowestAmount, wasGoneAt } = row
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
    heldAt: listing.heldAt?.toISOString() ?? null,
  }
}

function coordinatesOf({ lat, lon, exactPlace }: Listing): ListedMatch['listing']['coordinates'] {
  return lat === null || lon === null ? null : { lat, lon, exact: exactPlace }
}

export function describePoint(row: typeof observations.$inferSelect): ShownMatch['history'][number] {
  const { seenAt, state, priceKind, amount, currency } = row
  return { at: seenAt.toISOString(), state, price: { kind: priceKind, amount: amount?.toString() ?? null, currency } }
}

export function describeSnapshot(row: typeof offerSnapshots.$inferSelect): ShownSnapshot {
  const { id, takenAt, title, description, priceKind: kind, amount, currency, sha256, bytes } = row
  const price = { kind, amount: amount?.toString() ?? null, currency }
  return { id, takenAt: takenAt.toISOString(), title, description, price, sha256, bytes }
}

/** An advert of the same thing, as it stands to the one whose record is shown. */
export function describeLinked({ listing, listingId, earlierId, kind }: Linked): LinkedListing {
  const { id, source, title, url, amount, currency, postedAt, firstSeenAt } = listing
  return {
    ...{ listingId, earlierId, title, url, currency },
    relation: kind === 'twin' ? 'twin' : id === earlierId ? 'earlier' : 'later',
    sourceName: siteNameOf(source, url),
    amount: amount?.toString() ?? null,
    since: (postedAt ?? firstSeenAt).toISOString(),
    lastSeenAt: listing.lastSeenAt.toISOString(),
    goneAt: listing.goneAt?.toISOString() ?? null,
  }
}
