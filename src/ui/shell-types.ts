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
