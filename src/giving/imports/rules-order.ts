/**
 * The place of each row, from 1, when they are ordered by these texts; rows of equal text stay in the order of the file.
 * Rows of one contact are committed together, the oldest first.
 */
export function orderPlaces(order: readonly string[]): Int32Array {
  const sorted = Uint32Array.from(order, (_, at) => at).sort((a, b) => compare(order[a] ?? '', order[b] ?? '') || a - b)
  const places = new Int32Array(order.length)
  for (const [place, at] of sorted.entries()) places[at] = place + 1
  return places
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
