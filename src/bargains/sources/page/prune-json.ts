import { CLOSES, COLON, DEEPEST, DOES, endOfString, endOfValue, OPENS, QUOTE, scratchOf, skipBlank } from './scan-json'

/**
 * The container at `start` without the values of members that nobody reads (null stands in their place): pages carry each
 * picture in ten sizes, and every one that is parsed is memory. Null as `readContainer` says.
 */
export function pruneContainer(bytes: Buffer, start: number, unread: Unread): string | null {
  const out = scratchOf(bytes.length - start)
  let [length, from, depth, i] = [0, start, 0, start]
  while (i < bytes.length) {
    const does = DOES[bytes[i++] ?? 0]
    if (does === 0) continue
    if (does === OPENS) {
      if (++depth > DEEPEST) return null
    } else if (does === CLOSES) {
      if (--depth > 0) continue
      length += bytes.copy(out, length, from, i)
      return out.toString('utf8', 0, length)
    } else {
      const key = i
      i = bytes[i - 1] === QUOTE ? endOfString(bytes, i, false) : -1
      if (i < 0) return null
      if (bytes[i] !== COLON || !isOneOf(unread[i - 1 - key], bytes, key)) continue
      const value = skipBlank(bytes, i + 1)
      i = endOfValue(bytes, value, false)
      if (i < 0) return null
      // Null would be longer than it: the copy must fit into what is as long as the page.
      if (i - value < NULL.length) continue
      length += bytes.copy(out, length, from, value)
      length += NULL.copy(out, length)
      from = i
    }
  }
  return null
}

const NULL = Buffer.from('null')

/** Names of members by their length, as bytes. */
export type Unread = readonly (readonly Buffer[] | undefined)[]

/** Members that a source does not read, wherever they stand. */
export function namesUnread(...names: readonly string[]): Unread {
  const byLength: Buffer[][] = []
  for (const name of names) byLength[name.length] = [...(byLength[name.length] ?? []), Buffer.from(name)]
  return byLength
}

function isOneOf(names: readonly Buffer[] | undefined, bytes: Buffer, start: number): boolean {
  if (names === undefined) return false
  for (const name of names) if (standsAt(bytes, start, name)) return true
  return false
}

/** A call of Buffer.compare costs more than the few bytes of a name do. */
function standsAt(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return false
  return true
}
