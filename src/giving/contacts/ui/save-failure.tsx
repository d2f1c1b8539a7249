import { useTranslations } from 'next-intl'
import type { ContactFormState } from './contact-form'

/** What the server refused and belongs to no field. */
export function SaveFailure({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts.form')
  const failure = form.formState.errors.root?.server?.message
  if (!failure) return null
  return (
    <p role="alert" className="text-bad-ink text-table">
      {t('notSaved')} {failure}
    </p>
  )
}
