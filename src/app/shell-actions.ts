'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales'

const YEAR_SECONDS = 365 * 24 * 60 * 60
const SESSION_COOKIES = ['authjs.session-token', '__Secure-authjs.session-token']

/** Remembers the language in this browser. Anything that is no language of ours is left alone. */
export async function chooseLanguage(locale: string): Promise<void> {
  if (!isLocale(locale)) return
  const jar = await cookies()
  jar.set(LOCALE_COOKIE, locale, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: true })
}

export async function signOut(): Promise<void> {
  const jar = await cookies()
  for (const name of SESSION_COOKIES) jar.delete(name)
  redirect('/sign-in')
}
