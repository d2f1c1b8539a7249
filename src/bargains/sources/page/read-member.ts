import { pruneContainer, type Unread } from './prune-json'
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DEEPEST,
  endOfContainer,
  endOfString,
  endOfValue,
  isQuote,
  LETTER_U,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  scratchOf,
  skipBlank,
} from './scan-json'

/**
 * Reads single members of a large JSON object straight from the page's bytes. A result page carries some 3 MB of state of
 * which a tenth is adverts, so the other members are neither unescaped nor parsed. `escaped` means that the object stands
 * inside a string literal (`"{\"listing\":…}"`), as OLX and Otomoto write it.
 */

export type MemberPath = readonly string[]
type FoundMember = { readonly path: MemberPath; readonly text: string }

/**
 * The first member among `paths` that the object at `start` holds, as JSON text. Null when there is none that is an
 * object or a list, and when the bytes end before the member does. `unread` names members that need not be parsed; of an
 * escaped object all are.
 */
export function findMember(
  bytes: Buffer,
  start: number,
  escaped: boolean,
  paths: readonly MemberPath[],
  unread?: Unread,
): FoundMember | null {
  if (bytes[start] !== OPEN_OBJECT) return null
  for (const { key, value } of membersOf(bytes, start, escaped)) {
    for (const path of paths) {
      const found = path[0] === key ? readPath(bytes, value, escaped, path, unread) : null
      if (found !== null) return { path, text: found }
    }
  }
  return null
}

function readPath(
  bytes: Buffer,
  start: number,
  escaped: boolean,
  path: MemberPath,
  unread: Unread | undefined,
): string | null {
  if (path.length > 1) return findMember(bytes, start, escaped, [path.slice(1)], unread)?.text ?? null
  return readContainer(bytes, start, escaped, unread)
}

/** The object or list at `start` as JSON text; null when something else stands there or its end is missing. */
export function readContainer(bytes: Buffer, start: number, escaped: boolean, unread?: Unread): string | null {
  if (bytes[start] !== OPEN_OBJECT && bytes[start] !== OPEN_LIST) return null
  if (escaped) return unescapeContainer(bytes, start)
  if (unread) return pruneContainer(bytes, start, unread)
  const end = endOfContainer(bytes, start, false)
  return end < 0 ? null : bytes.toString('utf8', start, end)
}

type Member = { readonly key: string; readonly value: number }

/** Keys with the place of their value, for as long as the bytes make sense. */
function* membersOf(bytes: Buffer, start: number, escaped: boolean): Generator<Member> {
  const quote = escaped ? 2 : 1
  let i = skipBlank(bytes, start + 1)
  while (isQuote(bytes, i, escaped)) {
    const end = endOfString(bytes, i + quote, escaped)
    if (end < 0) return
    const key = bytes.toString('latin1', i + quote, end - quote)
    i = skipBlank(bytes, end)
    if (bytes[i] !== COLON) return
    const value = skipBlank(bytes, i + 1)
    yield { key, value }
    i = skipBlank(bytes, endOfValue(bytes, value, escaped))
    if (bytes[i] !== COMMA) return
    i = skipBlank(bytes, i + 1)
  }
}

/**
 * The container at `start` of an escaped object, with one level of escapes taken off, in one pass. `\uXXXX` of the outer
 * text is left for JSON.parse, to which it means the same inside a string.
 */
function unescapeContainer(bytes: Buffer, start: number): string | null {
  const out = scratchOf(bytes.length - start)
  let length = 0
  let depth = 0
  let i = start
  while (i < bytes.length) {
    const byte = bytes[i++] ?? 0
    if (byte === QUOTE) return null
    if (byte !== BACKSLASH) {
      out[length++] = byte
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (++depth > DEEPEST) return null
      } else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) return out.toString('utf8', 0, length)
      continue
    }
    if (bytes[i++] !== QUOTE) return null
    out[length++] = QUOTE
    // Inside a string of the inner text: everything up to the next `\"`.
    for (;;) {
      let inner = bytes[i++]
      while (inner !== BACKSLASH && inner !== QUOTE && inner !== undefined) {
        out[length++] = inner
        inner = bytes[i++]
      }
      if (inner !== BACKSLASH) return null
      const next = bytes[i++]
      if (next === QUOTE) break
      out[length++] = BACKSLASH
      if (next === LETTER_U) out[length++] = LETTER_U
      else if (next !== BACKSLASH) return null
      else {
        if (bytes[i] === BACKSLASH) i++
        out[length++] = bytes[i++] ?? 0
      }
    }
    out[length++] = QUOTE
  }
  return null
}
