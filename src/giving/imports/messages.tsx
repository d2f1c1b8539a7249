import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import type { Say } from '@/notifications/message'
import type { DoneFacts } from './tell-done'

const sayDone: Say = ({ facts }, reader) => {
  // Written by `tell-done.ts` alone.
  const { importId, fileName, counts } = facts as DoneFacts
  const { t } = createTranslatorFor(chooseLocale({ profile: reader.locale }), reader.timeZone)
  const url = `${reader.appUrl}/imports/${importId}`
  const written = t('imports.told.written', { count: counts.new + counts.update })
  const errors = counts.error > 0 ? [[{ text: t('imports.told.errors', { count: counts.error }) }]] : []
  const subject = t('imports.told.subject', { file: fileName })
  const actions = [{ kind: 'open' as const, label: t('alerts.button.open'), url }]
  return {
    tone: 'giving',
    subject,
    heading: subject,
    url,
    photos: [],
    lines: [[{ text: written }], ...errors],
    actions,
  }
}

export const importMessages: Readonly<Record<string, Say>> = { 'import.done': sayDone }
