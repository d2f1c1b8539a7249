/** Steps through JSON in a page's bytes without making a string of it. `escaped`: it stands inside a string literal. */

export const QUOTE = 0x22
export const COMMA = 0x2c
export const COLON = 0x3a
export const OPEN_LIST = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_LIST = 0x5d
export const LETTER_U = 0x75
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d

/** Real pages nest less than twenty deep; JSON.parse pays for each level with memory. */
export const DEEPEST = 200

export function skipBlank(bytes: Buffer, start: number): number {
  let i = start
  while (i >= 0 && i < bytes.length && (bytes[i] ?? 0x21) <= 0x20) i++
  return i
}

export function isQuote(bytes: Buffer, i: number, escaped: boolean): boolean {
  return escaped ? bytes[i] === BACKSLASH && bytes[i + 1] === QUOTE : bytes[i] === QUOTE
}

export function endOfValue(bytes: Buffer, start: number, escaped: boolean): number {
  const first = bytes[start]
  if (first === OPEN_OBJECT || first === OPEN_LIST) return endOfContainer(bytes, start, escaped)
  if (isQuote(bytes, start, escaped)) return endOfString(bytes, start + (escaped ? 2 : 1), escaped)
  let i = start
  while (i < bytes.length && bytes[i] !== COMMA && bytes[i] !== CLOSE_OBJECT && bytes[i] !== CLOSE_LIST) i++
  return i
}

/** From behind the opening quote to behind the closing one; -1 when it never closes. */
export function endOfString(bytes: Buffer, start: number, escaped: boolean): number {
  return escaped ? endOfEscaped(bytes, start) : endOfPlain(bytes, start)
}

/** Names and numbers are short; behind these many bytes stands an address or a description, which the platform passes faster. */
const SHORT = 24

function endOfPlain(bytes: Buffer, start: number): number {
  let [i, native] = [start, start + SHORT]
  while (i < bytes.length) {
    const byte = bytes[i++]
    if (byte === QUOTE) return i
    if (byte === BACKSLASH) i++
    else if (i >= native) {
      const end = bytes.indexOf(QUOTE, i)
      if (end < 0 || bytes[end - 1] !== BACKSLASH) return end < 0 ? -1 : end + 1
      native = end + SHORT
    }
  }
  return -1
}

function endOfEscaped(bytes: Buffer, start: number): number {
  let i = start
  while (i < bytes.length) {
    const byte = bytes[i++]
    if (byte === QUOTE) return -1
    if (byte !== BACKSLASH) continue
    if (bytes[i] === QUOTE) return i + 1
    // An escape of the inner text: `\\n` is two of ours and one letter, `\\\"` and `\\\\` two pairs.
    if (bytes[i] === BACKSLASH) i += bytes[i + 1] === BACKSLASH ? 3 : 2
  }
  return -1
}

/** What a byte does to a scan; one look instead of six comparisons halves its time. */
export const [OPENS, CLOSES, QUOTES] = [1, 2, 3]
export const DOES = new Uint8Array(256)
for (const byte of [OPEN_OBJECT, OPEN_LIST]) DOES[byte] = OPENS
for (const byte of [CLOSE_OBJECT, CLOSE_LIST]) DOES[byte] = CLOSES
for (const byte of [QUOTE, BACKSLASH]) DOES[byte] = QUOTES

/** From the opening bracket to behind the one that closes it; -1 when it never closes or holds too deep a nest. */
export function endOfContainer(bytes: Buffer, start: number, escaped: boolean): number {
  let depth = 0
  let i = start
  while (i < bytes.length) {
    const does = DOES[bytes[i++] ?? 0]
    if (does === 0) continue
    if (does === OPENS) {
      if (++depth > DEEPEST) return -1
    } else if (does === CLOSES) {
      if (--depth === 0) return i
    } else {
      if (escaped !== (bytes[i - 1] === BACKSLASH)) return -1
      i = endOfString(bytes, escaped ? i + 1 : i, escaped)
      if (i < 0) return -1
    }
  }
  return -1
}

let scratch = Buffer.alloc(0)

/** One buffer for all pages: a fresh one of megabytes for each page costs more in collecting than the reading does. */
export function scratchOf(size: number): Buffer {
  if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size)
  return scratch
}
