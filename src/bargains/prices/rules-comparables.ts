/** What comparable adverts ask, in minor units of one currency. */
export type Comparables = {
  /** The middle half: a quarter asks less than `low`, a quarter more than `high`. */
  readonly low: bigint
  readonly median: bigint
  readonly high: bigint
  /** How many they are, outliers left out. */
  readonly count: number
}

/** RULES "Deal score": with fewer nothing is said. */
export const FEWEST = 12
const MOST_DEVIATIONS = 3n

/**
 * The middle half of `amounts` and their median, or null where fewer than 12 are left. Outliers beyond 3 median absolute
 * deviations are left out, unless most ask the very same, when any other price would be one. Each figure is a price that is
 * really asked: the lower of two in the middle (`percentile_disc` of SQL).
 */
export function compareAmounts(amounts: readonly bigint[]): Comparables | null {
  const kept = withoutOutliers(amounts.toSorted(ascending))
  if (kept.length < FEWEST) return null
  return { low: at(kept, 1, 4), median: at(kept, 1, 2), high: at(kept, 3, 4), count: kept.length }
}

/**
 * RULES "Deal score": which share of the comparable adverts asks more than `own`, in whole percent; those that ask the same
 * count half. Outliers are left out as in `compareAmounts`, and fewer than 12 say nothing (null).
 */
export function dealScore(amounts: readonly bigint[], own: bigint): number | null {
  const kept = withoutOutliers(amounts.toSorted(ascending))
  if (kept.length < FEWEST) return null
  const more = kept.filter((amount) => amount > own).length
  const same = kept.filter((amount) => amount === own).length
  return Math.round((100 * (more + same / 2)) / kept.length)
}

function withoutOutliers(sorted: readonly bigint[]): readonly bigint[] {
  if (sorted.length === 0) return []
  const median = at(sorted, 1, 2)
  const deviation = at(sorted.map((amount) => distance(amount, median)).toSorted(ascending), 1, 2)
  if (deviation === 0n) return sorted
  return sorted.filter((amount) => distance(amount, median) <= MOST_DEVIATIONS * deviation)
}

/** The first of them that `part` of `whole` do not lie above. */
function at(sorted: readonly bigint[], part: number, whole: number): bigint {
  return sorted[Math.ceil((sorted.length * part) / whole) - 1] ?? 0n
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
