import { createFormatter, createTranslator } from 'use-intl/core'
import type { AppError } from '@/kernel/app-error'
import { formatMoney, type Money } from '@/kernel/money'
import { hasText, messagesFor } from './catalogue'
import type { Locale } from './locales'

type Key = Parameters<ReturnType<typeof translateIn>>[0]
type Values = Readonly<Record<string, string | number | Date>>

function translateIn(locale: Locale, timeZone: string) {
  return createTranslator({ locale, timeZone, messages: messagesFor(locale), onError: fail })
}

/** A missing key or value is a bug of ours: better loud here than a raw key in somebody's chat. */
function fail(error: Error): never {
  throw error
}

function isKey(key: string): key is Key {
  return hasText(key)
}

export type Translator = {
  readonly locale: Locale
  readonly timeZone: string
  /** The text of `namespace.key`, with its values. Throws on an unknown key or a missing value. */
  readonly t: (key: Key, values?: Values) => string
  /** The same for a key that is put together at run time; null where there is no such text. */
  readonly find: (key: string, values?: Values) => string | null
  /** What went wrong and what to do, by the error's reason, else by its code. */
  readonly error: (error: Pick<AppError, 'code' | 'reason' | 'values'>) => string
  readonly number: (value: number | bigint, options?: Intl.NumberFormatOptions) => string
  /** "−13 %" for -0.13, in both languages. */
  readonly percent: (share: number) => string
  readonly money: (value: Money) => string
  /** "3 Nov 2026", in the reader's zone. */
  readonly date: (value: Date) => string
  readonly dateTime: (value: Date) => string
  readonly time: (value: Date) => string
  /** "2 minutes ago". */
  readonly relative: (value: Date, now: Date) => string
  readonly list: (values: readonly string[]) => string
}

/**
 * The words for one reader outside of pages: bot, e-mail, jobs, REST. `timeZone` is an IANA name, usually the workspace's.
 * Plain text comes out: whoever puts it into HTML or Markdown escapes it.
 */
export function createTranslatorFor(locale: Locale, timeZone: string): Translator {
  const translate = translateIn(locale, timeZone)
  const t: Translator['t'] = (key, values) => translate(key, values)
  const find: Translator['find'] = (key, values) => (isKey(key) ? t(key, values) : null)
  const format = createFormatter({ locale, timeZone })
  return {
    locale,
    timeZone,
    t,
    find,
    error: ({ code, reason, values }) => (reason && find(`errors.${reason}`, values)) || t(`errors.codes.${code}`),
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
    percent: (share) => `${format.number(share * 100, { maximumFractionDigits: 0 }).replace('-', '−')}\u00a0%`,
    money: (value) => formatMoney(value, locale),
    date: (value) => format.dateTime(value, { dateStyle: 'medium' }),
    dateTime: (value) => format.dateTime(value, { dateStyle: 'medium', timeStyle: 'short' }),
    time: (value) => format.dateTime(value, { timeStyle: 'short' }),
    relative: (value, now) => format.relativeTime(value, now),
    list: (values) => format.list(values),
  }
}
