import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { messagesFor } from '@/i18n/catalogue'
import { chooseLocale, isLocale, LOCALE_COOKIE } from '@/i18n/locales'
import { loadReader } from './shell-data'

/** Language, words and zone of one page; no language in the address. */
export default getRequestConfig(async ({ locale: asked }) => {
  const reader = await loadReader()
  const locale = isLocale(asked)
    ? asked
    : chooseLocale({
        profile: reader.locale,
        cookie: (await cookies()).get(LOCALE_COOKIE)?.value,
        acceptLanguage: (await headers()).get('accept-language'),
      })
  return { locale, messages: messagesFor(locale), timeZone: reader.timeZone ?? 'UTC', now: new Date() }
})
