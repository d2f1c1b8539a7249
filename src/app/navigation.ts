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
import type { Permission } from '@/accounts/rules-permissions'

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
  /** Its place on a phone, where not all of them fit; those without one stand under More. */
  phone?: number
  /** Addresses of pages that belong to it and have no entry of their own. */
  also?: readonly string[]
}

/** The pages that exist, in the order of the sidebar. Palette, shortcuts and the phone's bar read the same list. */
export const navigation: readonly NavigationEntry[] = [
  { id: 'today', href: '/today', icon: Sunrise, key: 'h', half: 'giving', lead: true, phone: 1 },
  { id: 'watches', href: '/watches', icon: Binoculars, key: 'w', half: 'bargains', phone: 4, also: ['/push'] },
  { id: 'matches', href: '/matches', icon: Tag, key: 'm', half: 'bargains' },
  { id: 'sources', href: '/sources', icon: Rss, key: 'o', half: 'bargains' },
  { id: 'contacts', href: '/contacts', icon: UsersRound, key: 'c', half: 'giving', phone: 2, also: ['/imports'] },
  { id: 'gifts', href: '/gifts', icon: HandCoins, key: 'g', half: 'giving', phone: 3 },
  { id: 'pledges', href: '/pledges', icon: Handshake, key: 'p', half: 'giving' },
  { id: 'care', href: '/care', icon: HeartHandshake, key: 'a', half: 'giving', phone: 5 },
  { id: 'tasks', href: '/tasks', icon: ListTodo, key: 't', half: 'giving' },
  { id: 'signals', href: '/signals', icon: BellRing, key: 's', half: null },
  { id: 'jobs', href: '/jobs', icon: Workflow, key: 'j', half: null, administrator: true },
  { id: 'settings', href: '/settings', icon: Settings, key: 'e', half: null },
]

export type Creation = {
  id: 'watch' | 'contact' | 'gift' | 'pledge'
  href: string
  half: 'bargains' | 'giving'
  /** The pages on which it is the main one. */
  on: readonly PageId[]
  /** Whoever lacks it is not offered it. */
  permission: Permission
}

/** What `C` and the New button make: what belongs to the page, else the first whose half is on. */
export const creations: readonly Creation[] = [
  {
    id: 'watch',
    href: '/watches/new',
    half: 'bargains',
    on: ['watches', 'matches', 'sources'],
    permission: 'watches.write',
  },
  { id: 'contact', href: '/contacts/new', half: 'giving', on: ['contacts'], permission: 'contacts.write' },
  {
    id: 'gift',
    href: '/gifts/new',
    half: 'giving',
    on: ['today', 'gifts', 'care', 'tasks'],
    permission: 'gifts.write',
  },
  { id: 'pledge', href: '/pledges/new', half: 'giving', on: ['pledges'], permission: 'pledges.write' },
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
