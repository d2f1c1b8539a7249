import { createTranslatorFor, type Translator } from '@/i18n/translator'
import type { PlainDate } from '@/kernel/dates'
import { inert, truncate } from '@/kernel/text'

/** What the mail channel hands to every letter. */
export type MailReader = {
  readonly locale: 'en' | 'pl'
  readonly timeZone: string
  readonly buttons: readonly MailAction[]
  /** Where its reader can stop it. */
  readonly settingsUrl: string
}

export type MailAction = { readonly label: string; readonly url: string }

export type MailWords = Translator & {
  /** Minor units as text. */
  readonly amount: (amount: string, currency: string) => string
  /** A day of the calendar, which is the same in every zone. */
  readonly day: (value: PlainDate) => string
}

export function mailWords({ locale, timeZone }: Pick<MailReader, 'locale' | 'timeZone'>): MailWords {
  const words = createTranslatorFor(locale, timeZone)
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    ...words,
    amount: (amount, currency) => words.money({ amount: BigInt(amount), currency }),
    day: (value) => format.format(new Date(`${value}T12:00:00Z`)),
  }
}

const MOST = 300

/** What people typed, as one line of a letter: no control or direction marks, and no 10,000 letters. */
export function mailText(text: string): string {
  return truncate(inert(text).replace(/\s+/g, ' ').trim(), MOST)
}

/** A phone that a tap calls. */
export function phoneUrl(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
