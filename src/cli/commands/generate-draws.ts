/** Chance that can be had again: the same seed and place give the same row of draws. */
export type Draws = {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number
  readonly pick: <T>(list: readonly [T, ...T[]] | readonly T[]) => T
  /** True so often. */
  readonly chance: (share: number) => boolean
}

/** Draws of one thing: of a contact, of a gift. Source: mulberry32, mixed as splitmix does. */
export function drawsOf(seed: number, place: number, salt = 0): Draws {
  let state = mix(mix(seed ^ 0x9e3779b9) ^ Math.imul(place + 1, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return { next, whole, pick: (list) => drawn(list, whole(0, list.length - 1)), chance: (share) => next() < share }
}

function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b)
  return twice ^ (twice >>> 16)
}

function drawn<T>(list: readonly T[], at: number): T {
  const one = list[at]
  if (one === undefined) throw new Error('nothing to draw from')
  return one
}
