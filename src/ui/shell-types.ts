import type { ReactNode } from 'react'
import type { Role } from '@/accounts/rules-permissions'
import type { Locale } from '@/i18n/locales'

/** What the frame of every signed-in page shows; made on the server, by `loadShellData`. */
export type ShellData = {
  user: { name: string; email: string; role: Role }
  workspace: { id: string; name: string; timeZone: string; currency: string }
  /** Other workspaces of the same user, for the menu. */
  otherWorkspaces: readonly { id: string; name: string }[]
  halves: { bargains: boolean; giving: boolean }
  locale: Locale
  /** Figures beside the navigation, by the entry's id; 0 shows nothing. */
  counts: Readonly<Partial<Record<string, number>>>
}

/** One page of the navigation, ready to show: translated, with its icon drawn. */
export type ShellEntry = {
  id: string
  href: string
  label: string
  icon: ReactNode
  /** Pressed after G. */
  key: string
  /** Heading in the sidebar, empty for none; entries with null stand below. */
  section: string | null
  count: number
  /** Its place on a phone, where not all of them fit; null: under More. */
  phone: number | null
  /** Addresses of pages that belong to it. */
  also: readonly string[]
}

/** `on`: the entries on whose pages it is the main one. */
export type ShellCreation = { href: string; label: string; on: readonly string[] }

export type ShellActions = {
  chooseLanguage: (locale: string) => Promise<void>
  signOut: () => Promise<void>
  switchWorkspace?: (id: string) => Promise<void>
}

/** A record that the palette finds. */
export type FoundRecord = { id: string; label: string; hint?: string; href: string }
