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
