/**
 * Reads single members of a large JSON object straight from the page's bytes. A result page carries some 3 MB of state of
 * which a tenth is adverts, so the other members are neither unescaped nor parsed. `escaped` means that the object stands
 * inside a string literal (`"{\"listing\":…}"`), as OLX and Otomoto write it.
 */

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const LETTER_U = 0x75
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Real pages nest less than twenty deep; JSON.parse pays for each level with memory. */
const DEEPEST = 200

export type MemberPath = readonly string[]
type FoundMember = { readonly path: MemberPath; readonly text: string }

/**
 * The first member among `paths` that the object at `start` holds, as JSON text. Null when there is none that is an
 * object or a list, and when the bytes end before the member does.
 */
export function findMember(
  bytes: Buffer,
  start: number,
  escaped: boolean,
  paths: readonly MemberPath[],
): FoundMember | null {
  if (bytes[start] !== OPEN_OBJECT) return null
  for (const { key, value } of membersOf(bytes, start, escaped)) {
    for (const path of paths) {
      const found = path[0] === key ? readPath(bytes, value, escaped, path) : null
      if (found !== null) return { path, text: found }
    }
  }
  return null
}

function readPath(bytes: Buffer, start: number, escaped: boolean, path: MemberPath): string | null {
  if (path.length > 1) return findMember(bytes, start, escaped, [path.slice(1)])?.text ?? null
  return readContainer(bytes, start, escaped)
}

/** The object or list at `start` as JSON text; null when something else stands there or its end is missing. */
export function readContainer(bytes: Buffer, start: number, escaped: boolean): string | null {
  if (bytes[start] !== OPEN_OBJECT && bytes[start] !== OPEN_LIST) return null
  if (escaped) return unescapeContainer(bytes, start)
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

function skipBlank(bytes: Buffer, start: number): number {
  let i = start
  while (i >= 0 && i < bytes.length && (bytes[i] ?? 0x21) <= 0x20) i++
  return i
}

function isQuote(bytes: Buffer, i: number, escaped: boolean): boolean {
  return escaped ? bytes[i] === BACKSLASH && bytes[i + 1] === QUOTE : bytes[i] === QUOTE
}

function endOfValue(bytes: Buffer, start: number, escaped: boolean): number {
  const first = bytes[start]
  if (first === OPEN_OBJECT || first === OPEN_LIST) return endOfContainer(bytes, start, escaped)
  if (isQuote(bytes, start, escaped)) return endOfString(bytes, start + (escaped ? 2 : 1), escaped)
  let i = start
  while (i < bytes.length && bytes[i] !== COMMA && bytes[i] !== CLOSE_OBJECT && bytes[i] !== CLOSE_LIST) i++
  return i
}

/** From behind the opening quote to behind the closing one; -1 when it never closes. */
function endOfString(bytes: Buffer, start: number, escaped: boolean): number {
  let i = start
  while (i < bytes.length) {
    const byte = bytes[i++]
    if (byte === QUOTE) return escaped ? -1 : i
    if (byte !== BACKSLASH) continue
    if (!escaped) i++
    else if (bytes[i] === QUOTE) return i + 1
    // An escape of the inner text: `\\n` is two of ours and one letter, `\\\"` and `\\\\` two pairs.
    else if (bytes[i] === BACKSLASH) i += bytes[i + 1] === BACKSLASH ? 3 : 2
  }
  return -1
}

/** From the opening bracket to behind the one that closes it; -1 when it never closes or holds too deep a nest. */
function endOfContainer(bytes: Buffer, start: number, escaped: boolean): number {
  let depth = 0
  let i = start
  while (i < bytes.length) {
    const byte = bytes[i++]
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (++depth > DEEPEST) return -1
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (--depth === 0) return i
    } else if (byte === QUOTE || byte === BACKSLASH) {
      if (escaped !== (byte === BACKSLASH)) return -1
      i = endOfString(bytes, escaped ? i + 1 : i, escaped)
      if (i < 0) return -1
    }
  }
  return -1
}

let scratch = Buffer.alloc(0)

/** One buffer for all pages: a fresh one of megabytes for each page costs more in collecting than the reading does. */
function scratchOf(size: number): Buffer {
  if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size)
  return scratch
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
