/** Everything made up comes from here, so that a seed fixes it. */

export type Random = {
  readonly next: () => number
  /** Whole number, both ends included. */
  readonly int: (from: number, to: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  readonly chance: (share: number) => boolean
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return mixed(value)
}

/** Without a final mix, keys that differ only in their last character stay close together. */
function mixed(value: number): number {
  let v = value
  v = Math.imul(v ^ (v >>> 16), 0x85ebca6b)
  v = Math.imul(v ^ (v >>> 13), 0xc2b2ae35)
  return (v ^ (v >>> 16)) >>> 0
}

export function randomOf(key: string): Random {
  let state = hash(key)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    return mixed(state) / 0x1_0000_0000
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => {
    const found = list[int(0, list.length - 1)]
    if (found === undefined) throw new Error('pick from an empty list')
    return found
  }
  return { next, int, pick, chance: (share) => next() < share }
}

/** Hex digits that look like an id: the same for the same key. */
export function hexOf(key: string, digits: number): string {
  let text = ''
  for (let i = 0; text.length < digits; i++) text += hash(`${key}#${i}`).toString(16).padStart(8, '0')
  return text.slice(0, digits)
}

export function uuidOf(key: string): string {
  const h = hexOf(key, 32)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`
}
