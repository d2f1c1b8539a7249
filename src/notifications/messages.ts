import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import type { Say } from './message'

/** "Send test": proves that the channel works. */
export const sayTest: Say = ({ facts, createdAt }, reader) => {
  const { t, time } = createTranslatorFor(chooseLocale({ profile: reader.locale }), reader.timeZone)
  const line = t('messages.test.line', { name: String(facts.by ?? ''), time: time(createdAt) })
  return {
    tone: 'neutral',
    subject: t('messages.test.subject'),
    heading: t('messages.test.heading'),
    photos: [],
    lines: [[{ text: line }]],
    actions: [],
  }
}
