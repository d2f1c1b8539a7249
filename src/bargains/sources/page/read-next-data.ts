import type { Unread } from './prune-json'
import type { MemberPath } from './read-member'
import { readState, type StateMember } from './read-state'

const SCRIPT = 'id="__NEXT_DATA__"'

/** The first of `paths` (below `props.pageProps`) in the state of a page made by Next.js; null when there is none. */
export function readNextData(bytes: Buffer, paths: readonly MemberPath[], unread?: Unread): StateMember | null {
  // It stands near the end, behind a megabyte of elements.
  const script = bytes.lastIndexOf(SCRIPT)
  const start = script < 0 ? -1 : bytes.indexOf('{', script)
  if (start < 0) return null
  const found = readState(
    bytes,
    start,
    paths.map((path) => ['props', 'pageProps', ...path]),
    unread,
  )
  return found && { path: found.path.slice(2), value: found.value }
}

export function hasNextData(bytes: Buffer): boolean {
  return bytes.includes(SCRIPT)
}
