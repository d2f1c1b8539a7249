import type { Unread } from './prune-json'
import { at, parseJson } from './read-json'
import { findMember, type MemberPath, readContainer } from './read-member'

export type StateMember = { readonly path: MemberPath; readonly value: unknown }

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * The first of `paths` in the state that begins at `start`: a JSON object, or a string literal that holds one. The quick
 * reader knows the escapes that servers write today; whatever it cannot read goes the long way, by JSON.parse of it all.
 */
export function readState(
  bytes: Buffer,
  start: number,
  paths: readonly MemberPath[],
  unread?: Unread,
): StateMember | null {
  const escaped = bytes[start] === QUOTE
  const found = findMember(bytes, escaped ? start + 1 : start, escaped, paths, unread)
  const value = found ? parseJson(found.text) : null
  if (found && value !== null) return { path: found.path, value }
  return escaped ? pick(wholeLiteral(bytes, start), paths) : null
}

function pick(state: unknown, paths: readonly MemberPath[]): StateMember | null {
  for (const path of paths) {
    const value = at(state, ...path)
    if (typeof value === 'object' && value !== null) return { path, value }
  }
  return null
}

function wholeLiteral(bytes: Buffer, start: number): unknown {
  const end = endOfLiteral(bytes, start + 1)
  const text = end < 0 ? null : parseJson(bytes.toString('utf8', start, end))
  // Through the reader that knows how deep a real state is: JSON.parse would follow a nest of millions.
  const whole = typeof text === 'string' ? readContainer(Buffer.from(text.trimStart()), 0, false) : null
  return whole === null ? null : parseJson(whole)
}

function endOfLiteral(bytes: Buffer, start: number): number {
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i++
    else if (bytes[i] === QUOTE) return i + 1
  }
  return -1
}

/** A page has one state, and perhaps a word of it elsewhere; each place that is tried may cost a look at all the rest. */
const MOST_PLACES = 6

/**
 * Where a value is assigned behind each `marker`: the place of its `"` or `{"`, white space and one `=` between. In what a
 * seller writes no bare quote can stand, so that no advert's text uses the places up.
 */
export function* assignedValues(bytes: Buffer, marker: string): Generator<number> {
  let places = 0
  for (let i = bytes.indexOf(marker); i >= 0 && places < MOST_PLACES; i = bytes.indexOf(marker, i + 1)) {
    const from = i + marker.length
    const between = /^\s*=\s*(?="|\{\s*")/.exec(bytes.toString('latin1', from, from + 64))
    if (between) yield from + between[0].length
    if (between) places += 1
  }
}
