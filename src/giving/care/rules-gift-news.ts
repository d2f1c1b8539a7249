import { compareMoney, type Money } from '@/kernel/money'
import type { RiskState } from './rules-at-risk'

/** What is worth saying of a gift beside that it came. */
export type GiftNews = 'first' | 'resumed' | 'larger' | 'smaller'

export type GiftBefore = {
  /** Earlier counted gifts of the contact, newest first. */
  readonly earlier: readonly Money[]
  /** Where the donor stood on the day before. */
  readonly before: RiskState
}

/** Gifts that tell what is usual, at least and at most. */
const [USUAL_FROM, USUAL_MOST] = [3, 12]

/**
 * First ever; resumed after at risk or lapsed; larger by half or smaller by a third than usual, which is the median of the
 * last twelve gifts in the same currency. Of several the first in that order. Null: as always.
 */
export function newsOfGift(amount: Money, { earlier, before }: GiftBefore): GiftNews | null {
  if (earlier.length === 0) return 'first'
  if (before === 'at_risk' || before === 'lapsed') return 'resumed'
  const usual = usualGift(earlier, amount.currency)
  if (usual === null) return null
  if (2n * amount.amount >= 3n * usual) return 'larger'
  return 3n * amount.amount <= 2n * usual ? 'smaller' : null
}

function usualGift(earlier: readonly Money[], currency: string): bigint | null {
  const same = earlier.filter((gift) => gift.currency === currency).slice(0, USUAL_MOST)
  if (same.length < USUAL_FROM) return null
  return same.toSorted(compareMoney)[Math.floor((same.length - 1) / 2)]?.amount ?? null
}
