/** The lists and limits of the ledger that tables, doors and pages share. */

export const METHODS = ['cash', 'transfer', 'card', 'cheque', 'online', 'in_kind', 'other'] as const
export type Method = (typeof METHODS)[number]

/** What kind of giving it is: by itself, as part of something regular, at a push for something, or from an estate. */
export const GIFT_TYPES = ['one_off', 'recurring', 'campaign', 'grant', 'legacy', 'other'] as const
export type GiftType = (typeof GIFT_TYPES)[number]

/** Minor units: a sum of millions of gifts still fits in 64 bits. */
export const MOST_AMOUNT = 10n ** 12n - 1n

/** An entry as statistics see it. A refund is an entry of its own that names the gift it reverses. */
export type Entry = {
  readonly id: string
  /** Minor units, above 0. */
  readonly amount: bigint
  readonly method: Method
  readonly voided: boolean
  /** The gift that this entry gives back; null for a gift. */
  readonly reversesId: string | null
}

/** What was given back of a gift: its refunds that hold. */
export function refundedOf(giftId: string, entries: readonly Entry[]): bigint {
  return entries
    .filter((entry) => entry.reversesId === giftId && !entry.voided)
    .reduce((sum, { amount }) => sum + amount, 0n)
}

/** What can still be given back, minor units; 0 for a voided gift, since it is not there to give back. */
export function refundable(gift: { amount: bigint; refunded: bigint; voided: boolean }): bigint {
  return gift.voided ? 0n : gift.amount - gift.refunded
}

/** RULES "Gift": not voided, and not given back in full; a refund itself is no gift. */
export function isCounted(gift: { amount: bigint; refunded: bigint; voided: boolean; reversesId: string | null }) {
  return gift.reversesId === null && !gift.voided && gift.refunded < gift.amount
}

/** Imported gifts older than that are not queued for thanks. */
export const THANKS_DAYS = 60

/**
 * RULES "Thank-you": whether a new gift waits for thanks. Not one that was imported long after it was given, and not a
 * payment of a pledge after its first.
 */
export function wantsThanks(gift: { imported: boolean; ageDays: number; laterPayment: boolean }): boolean {
  return !(gift.imported && gift.ageDays > THANKS_DAYS) && !gift.laterPayment
}
