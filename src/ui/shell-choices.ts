import type { ShellCreation, ShellEntry } from './shell-types'

/** The entry whose address, or that of a page of it, is the longest beginning of this page's. */
export function currentEntry(entries: readonly Pick<ShellEntry, 'id' | 'href' | 'also'>[], pathname: string) {
  const fitting = entries.flatMap(({ id, href, also }) =>
    [href, ...also].filter((at) => pathname === at || pathname.startsWith(`${at}/`)).map((at) => ({ id, at })),
  )
  return fitting.toSorted((a, b) => b.at.length - a.at.length)[0]?.id ?? null
}

/** What New makes on a page: what belongs there, else the first; null where nothing may be made. */
export function mainCreation<Creation extends Pick<ShellCreation, 'on'>>(
  creations: readonly Creation[],
  current: string | null,
): Creation | null {
  return creations.find(({ on }) => current !== null && on.includes(current)) ?? creations[0] ?? null
}

/** The phone's bar has five places: all entries where they fit, else four, and the rest under More in their own order. */
export function phonePlaces<Entry extends Pick<ShellEntry, 'phone'>>(entries: readonly Entry[]) {
  if (entries.length <= PLACES) return { shown: entries, rest: [] }
  const ranked = entries.toSorted((a, b) => (a.phone ?? entries.length + 1) - (b.phone ?? entries.length + 1))
  const shown = ranked.slice(0, PLACES - 1)
  return { shown, rest: entries.filter((entry) => !shown.includes(entry)) }
}

const PLACES = 5
