import { type Money, percentDrop } from '@/kernel/money'

/** A price or state of a listing at a moment, as the observations keep it. */
export type PricePoint = {
  readonly at: Date
  readonly state: 'open' | 'gone'
  readonly kind: 'fixed' | 'free' | 'exchange' | 'on_request' | 'unknown'
  /** Minor units; null unless `fixed`. */
  readonly amount: bigint | null
  readonly currency: string | null
}

/** Sorted by time, each point once. */
export type History = readonly PricePoint[]

type KnownPrice = { readonly at: Date; readonly price: Money }

export type Threshold = {
  /** A drop is told from this percentage on. */
  readonly percent: number
  /** …or from this many minor units on, where the user set an amount. */
  readonly amount: bigint | null
}

/** The drop that a watch told last of a listing. */
export type Told = { readonly amount: bigint; readonly before: bigint; readonly currency: string; readonly at: Date }

export type Drop = {
  readonly before: Money
  readonly now: Money
  /** Whole percent, rounded half to even. */
  readonly percent: number
  /** Below every earlier price in this currency. */
  readonly lowest: boolean
}

function order(a: PricePoint, b: PricePoint): number {
  return a.at.getTime() - b.at.getTime() || keyOf(a).localeCompare(keyOf(b))
}

function keyOf(point: PricePoint): string {
  return `${point.at.getTime()} ${point.state} ${point.kind} ${point.amount} ${point.currency}`
}

/** The history of these points, in whatever order and however often they arrived (PROMISES 3). */
export function historyOf(points: readonly PricePoint[]): History {
  return [...new Map(points.map((point) => [keyOf(point), point])).values()].sort(order)
}

/** The fixed prices in `currency`, oldest first: what "last known price" and "lowest" are about. */
export function knownPrices(history: History, currency: string): readonly KnownPrice[] {
  return history.flatMap(({ at, kind, amount, currency: found }) =>
    kind === 'fixed' && amount !== null && found === currency ? [{ at, price: { amount, currency } }] : [],
  )
}

export type Extent = { readonly first: Money; readonly last: Money; readonly lowest: Money; readonly highest: Money }

/** First, last, lowest and highest price in `currency`, or null where none is known. */
export function extentOf(history: History, currency: string): Extent | null {
  const prices = knownPrices(history, currency).map(({ price }) => price)
  const [first, last] = [prices[0], prices.at(-1)]
  if (!first || !last) return null
  const lowest = prices.reduce((a, b) => (b.amount < a.amount ? b : a))
  const highest = prices.reduce((a, b) => (b.amount > a.amount ? b : a))
  return { first, last, lowest, highest }
}

/**
 * The drop at `point` that is worth telling, or null. Compared with the last price in the same currency known before
 * `since` (for a steady watch the point itself, for a returning one the moment of its pause). RULES "Price change": the
 * drop is at least the threshold, and after a drop was told the same level is told again only after the price rose
 * above the level before it. A lower level is news.
 */
export function judgeDrop(
  history: History,
  point: PricePoint,
  since: Date,
  threshold: Threshold,
  told: Told | null,
): Drop | null {
  const now = knownPrices([point], point.currency ?? '')[0]?.price
  const earlier = now ? knownPrices(history, now.currency).filter(({ at }) => at < point.at) : []
  const before = earlier.findLast(({ at }) => at < since)?.price
  if (!now || !before || !reaches(before, now, threshold)) return null
  if (told && isSameLevel(history, now, told)) return null
  const lowest = earlier.every(({ price }) => now.amount < price.amount)
  return { before, now, percent: percentDrop(before, now), lowest }
}

function reaches(before: Money, now: Money, threshold: Threshold): boolean {
  const drop = before.amount - now.amount
  if (drop <= 0n) return false
  if (threshold.amount !== null && drop >= threshold.amount) return true
  return drop * 100n >= BigInt(threshold.percent) * before.amount
}

/** Whether this level was told already and the price has not been above where it fell from since. */
function isSameLevel(history: History, now: Money, told: Told): boolean {
  if (told.currency !== now.currency || now.amount < told.amount) return false
  return !knownPrices(history, now.currency).some(({ at, price }) => at > told.at && price.amount > told.before)
}
