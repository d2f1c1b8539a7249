import type { MatchTagKind } from '@/ui/match-tag'
import type { MoneyValue } from '@/ui/money'
import type { ListedMatch } from '../schema'

export type MatchRow = ListedMatch
export type MatchState = ListedMatch['state']

/** What stands beside a match's title, the most telling first. */
export function tagsOf({ state, baseline, listing }: MatchRow): readonly MatchTagKind[] {
  const tags: MatchTagKind[] = []
  if (listing.goneAt !== null) tags.push('gone')
  if (state === 'new' && !baseline) tags.push('new')
  if (isCheaper(listing)) tags.push(listing.price.amount === listing.lowestAmount ? 'lowest' : 'cheaper')
  if (listing.goneAt === null && listing.wasGoneAt !== null) tags.push('again')
  if (listing.ladder !== null) tags.push('repost')
  return tags
}

function isCheaper({ price, previousAmount }: MatchRow['listing']): boolean {
  return price.amount !== null && previousAmount !== null && BigInt(price.amount) < BigInt(previousAmount)
}

export function priceOf({ listing }: MatchRow): MoneyValue | null {
  const { amount, currency } = listing.price
  return amount === null || currency === null ? null : { amount, currency }
}

export function priceBefore({ listing }: MatchRow): MoneyValue | null {
  const { currency } = listing.price
  return listing.previousAmount === null || currency === null ? null : { amount: listing.previousAmount, currency }
}

/** "Kraków, Podgórze"; the region where no town is known. */
export function placeOf({ listing }: MatchRow): string {
  const { city, district, region } = listing
  return [city ?? region, district].filter(Boolean).join(', ')
}

/** Since when it is on the market: as the site says, else since we saw it. */
export function listedAt({ listing }: MatchRow): string {
  return listing.postedAt ?? listing.firstSeenAt
}
