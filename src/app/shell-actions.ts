'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { updateLocale } from '@/accounts/update-locale'
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales'
import type { FoundRecord } from '@/ui/shell-types'
import { door } from '@/wiring/auth'
import { api, readContext } from '@/wiring/server'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Remembers the language in this browser, and in the profile of who is signed in. Any other text is left alone. */
export async function chooseLanguage(locale: string): Promise<void> {
  if (!isLocale(locale)) return
  const jar = await cookies()
  jar.set(LOCALE_COOKIE, locale, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: true })
  const { deps, caller } = await readContext()
  if (caller) await updateLocale(deps, caller.user.id, locale)
}

/** Another workspace of the same person. Their session alone decides: an id of anybody else's is refused. */
export async function switchWorkspace(id: string): Promise<void> {
  await api.members.switch({ id })
}

/** Ends the session's row too: a copy of the cookie is worth nothing afterwards. */
export async function signOut(): Promise<void> {
  await door.signOut()
  redirect('/sign-in')
}

const MOST_FOUND = 6
const LONGEST_QUERY = 200

/** Contacts for the palette, where giving is on: nothing for who is not signed in. */
export async function findRecords(query: string): Promise<readonly FoundRecord[]> {
  const { caller } = await readContext()
  if (!caller?.workspace?.giving) return []
  const { contacts } = await api.contacts.list({ q: String(query).slice(0, LONGEST_QUERY), limit: MOST_FOUND })
  return contacts.map(({ id, displayName, phone, email }) => ({
    ...{ id, label: displayName, href: `/contacts/${id}` },
    ...((phone ?? email) && { hint: phone ?? email ?? '' }),
  }))
}
