import { eq } from 'drizzle-orm'
import type { Locale } from '@/i18n/locales'
import type { Deps } from './context'
import { users } from './table'

/** The language of the user's pages and messages. */
export async function updateLocale(deps: Deps, userId: string, locale: Locale): Promise<void> {
  await deps.db.update(users).set({ locale }).where(eq(users.id, userId))
}
