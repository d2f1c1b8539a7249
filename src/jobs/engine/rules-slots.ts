export type Scope = 'fn' | 'env' | 'account'

/** A place among a concurrency limit: how many runs may hold its slot at a time. */
export type Place = { readonly slot: string; readonly limit: number }

/** What decides where a new run stands. */
export type Newcomer = { readonly throttle: string | null; readonly places: readonly Place[] }

const WIDTH: Readonly<Record<Scope, number>> = { fn: 1, env: 2, account: 3 }

/**
 * A slot's name: `<function>/<limit>/<key>`, or `env//<key>` where functions share it. It begins with its width: a run
 * takes the narrow places first and keeps them in the line for a wider one. All take them in this one order, so that no
 * two wait for each other.
 */
export function slotName(scope: Scope, functionId: string, at: number, key: string | null): string {
  const owner = scope === 'fn' ? `${functionId}/${at}` : `${scope}/`
  return `${scope === 'fn' && key !== null ? 0 : WIDTH[scope]}:${owner}/${key ?? ''}`
}

/** Places in the order in which they are taken; one slot once, by its lowest limit. */
export function inOrder(places: readonly Place[]): readonly Place[] {
  const bySlot = new Map<string, Place>()
  for (const place of places) {
    if (place.limit < (bySlot.get(place.slot)?.limit ?? Number.POSITIVE_INFINITY)) bySlot.set(place.slot, place)
  }
  return [...bySlot.values()].sort((a, b) => (a.slot < b.slot ? -1 : 1))
}

/**
 * In whose line each of several new runs stands from the start; null for those that are called at once. As many are called
 * as a line could let in, so that whoever is called keeps the line going.
 */
export function lineUp(runs: readonly Newcomer[]): readonly (string | null)[] {
  const called = new Map<string, number>()
  return runs.map(({ throttle, places }) => {
    const lines = throttle === null ? places : [{ slot: throttle, limit: 1 }]
    const full = lines.find(({ slot, limit }) => (called.get(slot) ?? 0) >= limit)
    if (full) return full.slot
    for (const { slot } of lines) called.set(slot, (called.get(slot) ?? 0) + 1)
    return null
  })
}

/** A place as it stands for a run: how many hold it, whether earlier runs wait for it, whether any do. */
export type Standing = {
  readonly slot: string
  readonly held: number
  readonly line: boolean
  readonly waiting: boolean
}

/** The place that a run cannot have; `free` where only those before it keep it from it. `keeps` is what it has already. */
export type Full = { readonly slot: string; readonly free: boolean; readonly keeps: string | null }

const EMPTY = { held: 0, line: false, waiting: false }

/** The first place that a run cannot have; null where it may begin. `own`: the places that were kept for it. */
export function firstFull(
  places: readonly Place[],
  standings: readonly Standing[],
  own: readonly (string | null)[],
): Full | null {
  for (const [at, { slot, limit }] of places.entries()) {
    const { held, line } = standings.find((standing) => standing.slot === slot) ?? EMPTY
    const isFull = held >= limit
    if (isFull || (line && !own.includes(slot))) return { slot, free: !isFull, keeps: places[at - 1]?.slot ?? null }
  }
  return null
}

/**
 * How many steps a run may have at work, of `wanted`: one, and more where all its places have room and nobody waits. Its
 * own `width` so far counts in `held`.
 */
export function widthFor(
  places: readonly Place[],
  standings: readonly Standing[],
  { width, wanted }: { readonly width: number; readonly wanted: number },
): number {
  const rooms = places.map(({ slot, limit }) => {
    const { held, waiting } = standings.find((standing) => standing.slot === slot) ?? EMPTY
    return waiting ? 1 : limit - (held - width)
  })
  return Math.max(1, Math.min(wanted, ...rooms))
}

/** The slots with a place for one more after this run, where somebody waits. */
export function withRoom(places: readonly Place[], standings: readonly Standing[]): readonly string[] {
  const room = new Map(places.map(({ slot, limit }) => [slot, limit - 1]))
  return standings.filter(({ slot, held, waiting }) => waiting && held < (room.get(slot) ?? 0)).map(({ slot }) => slot)
}
