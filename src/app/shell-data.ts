import 'server-only'
import { DEFAULT_LOCALE, type Locale } from '@/i18n/locales'
import type { ShellData } from '@/ui/shell-types'

/** What the reader of this request has chosen; null where nobody is signed in. */
export type Reader = { locale: Locale | null; timeZone: string | null }

export async function loadReader(): Promise<Reader> {
  return { locale: null, timeZone: null }
}

/** What the frame of the page shows of the member who is signed in. */
export async function loadShellData(): Promise<ShellData> {
  const reader = await loadReader()
  return {
    user: { name: '', email: '', role: 'viewer' },
    workspace: { id: '', name: 'Gleaner', timeZone: reader.timeZone ?? 'UTC', currency: 'PLN' },
    otherWorkspaces: [],
    halves: { bargains: true, giving: false },
    locale: reader.locale ?? DEFAULT_LOCALE,
    counts: {},
  }
}
