'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { isYearKnown } from '../rules-birthday'
import type { ShownContact, ShownField } from '../schema'

/** Birthday, language and the workspace's own fields: what is known, and nothing of what is not. */
export function ContactAbout({ contact }: { contact: ShownContact }) {
  const t = useTranslations('contacts')
  const fields = useQuery(useTRPC().contacts.fields.queryOptions()).data ?? []
  const [day, locale] = [useDay(), useLocale()]
  const { birthday, deceasedOn, language, custom } = contact
  const facts = [
    [t('page.birthday'), birthday && day(birthday, isYearKnown(birthday))],
    [t('form.deceasedOn'), deceasedOn && day(deceasedOn)],
    [t('page.language'), language && new Intl.DisplayNames(locale, { type: 'language' }).of(language)],
    ...fields.map((field) => [field.name, shown(field, custom[field.id], day)]),
  ].filter(([, value]) => value)
  if (facts.length === 0) return null
  return (
    <Card title={t('part.about')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="wrap-anywhere min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function shown({ kind }: ShownField, value: string | undefined, day: (date: string) => string) {
  return kind === 'date' && value ? day(value) : value
}

/** A day of the calendar in the reader's language: it is of no zone. */
function useDay() {
  const format = useFormatter()
  return (date: string, withYear = true) => {
    const shape = withYear ? ({ dateStyle: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const)
    return format.dateTime(new Date(`${date}T12:00:00Z`), { ...shape, timeZone: 'UTC' })
  }
}
