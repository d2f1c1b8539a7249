import { daysBetween, type PlainDate } from '@/kernel/dates'

/** What decides whether a gift waits for thanks. */
export type ThankedGift = {
  readonly date: PlainDate
  readonly thanked: boolean
  /** Neither voided nor refunded in full. */
  readonly counted: boolean
  readonly imported: boolean
  /** It paid an instalment of a pledge, and is not the first that did. */
  readonly laterInstalment: boolean
}

const IMPORTED_MOST_DAYS = 60

/** Whether the gift stands in the thank-you queue. Source: RULES "Thank-you". */
export function waitsForThanks(gift: ThankedGift, today: PlainDate): boolean {
  if (gift.thanked || !gift.counted || gift.laterInstalment) return false
  return !gift.imported || daysBetween(gift.date, today) <= IMPORTED_MOST_DAYS
}
