const TRACKING =
  /^(utm_.*|gclid|gbraid|wbraid|gad_.*|dclid|fbclid|msclkid|yclid|twclid|ttclid|srsltid|mc_[ce]id|igsh(id)?|_g[al].*|ref|referrer|reason|search_reason|from|from404|view|min_id|page|offset|limit)$/i

export type Param = readonly [name: string, value: string]

/**
 * The parameters that make a search what it is: without tracking, paging and blanks, sorted by name and value, with the
 * members of a list (`[0]`, `[1]`, …) numbered anew, so that equal searches are equal text.
 */
export function cleanParams(params: URLSearchParams, drop: RegExp): readonly Param[] {
  const kept = [...params].filter(([name, value]) => !TRACKING.test(name) && !drop.test(name) && value.trim() !== '')
  const sorted = kept
    .map(([name, value]): Param => [name.replace(/\[\d*\]$/, '[]'), value.trim()])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const unique = sorted.filter(([name, value], i) => name !== sorted[i - 1]?.[0] || value !== sorted[i - 1]?.[1])
  return unique.map(([name, value], i) => [name.replace(/\[\]$/, `[${indexInList(unique, i)}]`), value])
}

/** The same, with the order that a search is asked in. */
export function withOrder(params: readonly Param[], name: string, value: string): readonly Param[] {
  return [...params, [name, value] as const].sort(([a], [b]) => compare(a, b))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function indexInList(params: readonly Param[], place: number): number {
  const name = params[place]?.[0]
  return place - params.findIndex(([other]) => other === name)
}

/** The address of these parameters, in their order. */
export function addressOf(origin: string, path: string, params: readonly Param[]): string {
  const query = new URLSearchParams(params.map(([name, value]) => [name, value])).toString()
  return `${origin}${path}${query === '' ? '' : `?${query}`}`
}

/** Segments as a path again, each in the one spelling that `encodeURIComponent` has. */
export function pathOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('')
}

/** Path segments, decoded, in lower case, since these sites tell no case apart; what cannot be decoded stays as it is. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter(Boolean).map(decodeSegment)
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).toLowerCase()
  } catch {
    return segment.toLowerCase()
  }
}

/** How many filters there are beside those whose names match `told`; a list of values is one filter. */
export function countFilters(params: readonly Param[], told: RegExp): number {
  return new Set(params.map(([name]) => name.replace(/\[\d+\]$/, '')).filter((name) => !told.test(name))).size
}
