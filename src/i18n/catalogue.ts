import { en } from './en'
import type { Locale } from './locales'
import { pl } from './pl'

/** English is the pattern: it says which keys exist. */
export type Messages = typeof en

/** Makes `useTranslations('ui')` and its like know every key. */
declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}

const catalogues: Record<Locale, Messages> = { en, pl }

export function messagesFor(locale: Locale): Messages {
  return catalogues[locale]
}

/** Namespaces that only the server needs: they are not sent to the browser. */
const SERVER_ONLY = ['alerts', 'api', 'bargains', 'bot', 'emails', 'summary'] as const

export function browserMessagesFor(locale: Locale): Omit<Messages, (typeof SERVER_ONLY)[number]> {
  const {
    alerts: _alerts,
    api: _api,
    bargains: _bargains,
    bot: _bot,
    emails: _emails,
    summary: _summary,
    ...rest
  } = catalogues[locale]
  return rest
}

/** Whether `key` ("errors.watch.offerPage") leads to a text: for keys that are put together at run time. */
export function hasText(key: string): boolean {
  let at: unknown = en
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false
    at = Reflect.get(at, part)
  }
  // The page's build compiles texts with values into arrays.
  return typeof at === 'string' || Array.isArray(at)
}
