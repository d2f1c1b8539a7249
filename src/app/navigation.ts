import {
  BellRing,
  Binoculars,
  HandCoins,
  Handshake,
  HeartHandshake,
  ListTodo,
  type LucideIcon,
  Rss,
  Settings,
  Sunrise,
  Tag,
  UsersRound,
  Workflow,
} from 'lucide-react'

/** A text of `shell.pages`. */
export type PageId =
  | 'today'
  | 'watches'
  | 'matches'
  | 'sources'
  | 'contacts'
  | 'gifts'
  | 'pledges'
  | 'care'
  | 'tasks'
  | 'signals'
  | 'jobs'
  | 'settings'

export type NavigationEntry = {
  id: PageId
  href: string
  icon: LucideIcon
  /** Pressed after G. */
  key: string
  /** Shown while this half of the workspace is on; `null`: always. */
  half: 'bargains' | 'giving' | null
  /** Shown to whoever runs the installation alone. */
  administrator?: true
  /** Stands above the halves, under no heading. */
  lead?: true
}

/** The pages that exist, in the order of the sidebar. Palette, shortcuts and the phone's bar (its first four) read the same list. */
export const navigation: readonly NavigationEntry[] = [
  { id: 'today', href: '/today', icon: Sunrise, key: 'h', half: 'giving', lead: true },
  { id: 'watches', href: '/watches', icon: Binoculars, key: 'w', half: 'bargains' },
  { id: 'matches', href: '/matches', icon: Tag, key: 'm', half: 'bargains' },
  { id: 'sources', href: '/sources', icon: Rss, key: 'o', half: 'bargains' },
  { id: 'contacts', href: '/contacts', icon: UsersRound, key: 'c', half: 'giving' },
  { id: 'gifts', href: '/gifts', icon: HandCoins, key: 'g', half: 'giving' },
  { id: 'pledges', href: '/pledges', icon: Handshake, key: 'p', half: 'giving' },
  { id: 'care', href: '/care', icon: HeartHandshake, key: 'a', half: 'giving' },
  { id: 'tasks', href: '/tasks', icon: ListTodo, key: 't', half: 'giving' },
  { id: 'signals', href: '/signals', icon: BellRing, key: 's', half: null },
  { id: 'jobs', href: '/jobs', icon: Workflow, key: 'j', half: null, administrator: true },
  { id: 'settings', href: '/settings', icon: Settings, key: 'e', half: null },
]

export type Creation = { id: 'watch' | 'contact' | 'gift' | 'pledge'; href: string; half: 'bargains' | 'giving' }

/** What `C` and the New button make; the first whose half is on is the main one. */
export const creations: readonly Creation[] = [
  { id: 'watch', href: '/watches/new', half: 'bargains' },
  { id: 'contact', href: '/contacts/new', half: 'giving' },
  { id: 'gift', href: '/gifts/new', half: 'giving' },
  { id: 'pledge', href: '/pledges/new', half: 'giving' },
]

type Halves = { bargains: boolean; giving: boolean }

export function entriesFor<Entry extends { half: 'bargains' | 'giving' | null }>(
  list: readonly Entry[],
  halves: Halves,
): Entry[] {
  return list.filter((entry) => entry.half === null || halves[entry.half])
}

/** Where `/` leads: today where giving is on, else the first page of what is on; null where the workspace has on nothing that has pages. */
export function firstPage(halves: Halves): string | null {
  return entriesFor(navigation, halves).find((entry) => entry.half !== null)?.href ?? null
}
