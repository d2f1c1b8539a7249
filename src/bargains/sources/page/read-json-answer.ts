import { beginsLikeJson } from './decode-bytes'
import type { Unread } from './prune-json'
import { parseJson } from './read-json'
import { readContainer } from './read-member'

/** The whole of a JSON answer; null for what is none, is cut short, or nests deeper than any real answer. */
export function readJsonAnswer(bytes: Buffer, unread?: Unread): unknown {
  if (!beginsLikeJson(bytes)) return null
  const start = bytes.subarray(0, 256).findIndex((byte) => byte === 0x7b || byte === 0x5b)
  const text = start < 0 ? null : readContainer(bytes, start, false, unread)
  return text === null ? null : parseJson(text)
}
