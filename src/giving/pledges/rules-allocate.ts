import { addDays, type PlainDate } from '@/kernel/dates'
import { type Frequency, periodDays } from './rules'

/** A gift that may pay: counted, in money, in the pledge's currency. */
export type Payment = {
  readonly id: string
  readonly givenOn: PlainDate
  readonly currency: string
  readonly fundId: string | null
  /** Minor units, less what was refunded. */
  readonly net: bigint
  /** Beyond what was promised: only by hand does it pay anything. */
  readonly extra: boolean
}

export type Payable = {
  readonly id: string
  readonly pledgeId: string
  readonly dueOn: PlainDate
  readonly currency: string
  readonly fundId: string | null
  /** Minor units that it can take; 0 where it is skipped. */
  readonly room: bigint
  /** A gift before that day is no payment of this pledge. */
  readonly paysFrom: PlainDate
}

/** Which part of which gift paid which instalment. */
export type Share = { readonly giftId: string; readonly instalmentId: string; readonly amount: bigint }
/** `order` grows with time: the newest is taken back first. */
export type HandShare = Share & { readonly order: number }

export type Allocated = {
  readonly machine: readonly Share[]
  /** Those made by hand that stay, each with what is left of it. */
  readonly hand: readonly Share[]
  /** Those made by hand that no longer fit, with what was taken of each. */
  readonly takenBack: readonly Share[]
}

/** How long before its start a gift may already be the first payment of a pledge: a period, but no more than this. */
const EARLY_DAYS = 31

/**
 * The first day on which a gift pays a pledge. RULES let early payments carry over, but a gift of years ago was never
 * meant for it; by hand it can still be put there.
 */
export function paysFrom(startOn: PlainDate, frequency: Frequency): PlainDate {
  return addDays(startOn, -Math.min(periodDays(frequency) ?? EARLY_DAYS, EARLY_DAYS))
}

/**
 * RULES "Allocation". Gifts in the order of their dates pay the oldest open instalments first, those of the same fund
 * before the unrestricted; a gift or a pledge without a fund is unrestricted. Shares made by hand come first and stay while gift and instalment
 * cover them; else the newest of them is taken back. What it answers depends on what there is, not on the order in
 * which it came to be.
 */
export function allocate(
  gifts: readonly Payment[],
  instalments: readonly Payable[],
  hand: readonly HandShare[],
): Allocated {
  const left = new Map(gifts.map(({ id, net }) => [id, net]))
  const room = new Map(instalments.map((one) => [one.id, one.room]))
  const kept = hand.toSorted((a, b) => a.order - b.order).map((share) => ({ share, fits: take(share, left, room) }))
  return {
    machine: gifts.toSorted(byDate).flatMap((gift) => payOldest(gift, instalments, left, room)),
    hand: kept.filter(({ fits }) => fits > 0n).map(({ share, fits }) => shareOf(share, fits)),
    takenBack: kept
      .filter(({ share, fits }) => fits < share.amount)
      .map(({ share, fits }) => shareOf(share, share.amount - fits)),
  }
}

type Purse = Map<string, bigint>

function shareOf({ giftId, instalmentId }: Share, amount: bigint): Share {
  return { giftId, instalmentId, amount }
}

/** Takes as much as both sides have, at most what is asked for. */
function take({ giftId, instalmentId, amount }: Share, left: Purse, room: Purse): bigint {
  const [has, takes] = [left.get(giftId) ?? 0n, room.get(instalmentId) ?? 0n]
  const fits = least(amount, has, takes)
  left.set(giftId, has - fits)
  room.set(instalmentId, takes - fits)
  return fits
}

function payOldest(gift: Payment, instalments: readonly Payable[], left: Purse, room: Purse): readonly Share[] {
  if (gift.extra || (left.get(gift.id) ?? 0n) <= 0n) return []
  return candidates(gift, instalments).flatMap(({ id }) => {
    const wanted = { giftId: gift.id, instalmentId: id, amount: left.get(gift.id) ?? 0n }
    const amount = take(wanted, left, room)
    return amount > 0n ? [shareOf(wanted, amount)] : []
  })
}

function candidates(gift: Payment, instalments: readonly Payable[]): readonly Payable[] {
  const rank = (one: Payable) => (one.fundId === gift.fundId ? 0 : 1)
  return instalments
    .filter((one) => matches(gift, one))
    .toSorted((a, b) => rank(a) - rank(b) || compare(a.dueOn, b.dueOn) || compare(a.id, b.id))
}

function matches(gift: Payment, one: Payable): boolean {
  if (gift.currency !== one.currency || gift.givenOn < one.paysFrom) return false
  return gift.fundId === one.fundId || gift.fundId === null || one.fundId === null
}

function byDate(a: Payment, b: Payment): number {
  return compare(a.givenOn, b.givenOn) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function least(...amounts: readonly bigint[]): bigint {
  return amounts.toSorted((a, b) => (a < b ? -1 : 1))[0] ?? 0n
}
