'use client'

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { Field } from '@/ui/field'
import { Select } from '@/ui/select'
import { Switch } from '@/ui/switch'
import { MUTABLE_KINDS, type MutableKind, withMuted } from '../rules-muted'
import type { Preferences } from '../schema'
import { HOURS } from './hours'
import { SummaryPreview } from './summary-preview'

const TEXTS = {
  'pledge.late': 'late',
  'donor.at_risk': 'risk',
  'gift.received': 'gift',
  'contact.silent': 'silent',
  'contact.birthday': 'birthday',
  'task.due': 'task',
  'import.done': 'import',
} as const satisfies Record<MutableKind, string>

/** What a member wants to hear of, and their weekly summary; each choice holds at once. */
export function CarePreferences() {
  const { chosen, change } = usePreferences()
  return (
    <>
      <ToldOf muted={chosen.muted} onChange={(muted) => change({ muted })} />
      <WeeklySummary chosen={chosen} change={change} />
    </>
  )
}

function ToldOf({ muted, onChange }: { muted: readonly string[]; onChange: (muted: string[]) => void }) {
  const t = useTranslations('care.settings')
  return (
    <Card title={t('toldOf')} hint={t('toldOfHint')}>
      <div className="flex flex-col gap-3">
        {MUTABLE_KINDS.map((kind) => (
          <Field key={kind} inline label={t(`kinds.${TEXTS[kind]}`)} hint={t(`kindHints.${TEXTS[kind]}`)}>
            <Switch checked={!muted.includes(kind)} onChange={(told) => onChange(withMuted(muted, kind, told))} />
          </Field>
        ))}
      </div>
    </Card>
  )
}

type SummaryProps = { chosen: Preferences; change: (part: Partial<Preferences>) => void }

function WeeklySummary({ chosen: { summary, summaryWeekday, summaryHour }, change }: SummaryProps) {
  const t = useTranslations('care.settings')
  const weekdays = useWeekdays()
  return (
    <Card title={t('summary')} hint={t('summaryHint')}>
      <div className="flex flex-col gap-4">
        <Field inline label={t('summaryOn')}>
          <Switch checked={summary} onChange={(on) => change({ summary: on })} />
        </Field>
        <div className="grid max-w-md grid-cols-2 gap-3">
          <Field label={t('weekday')} disabled={!summary}>
            <Select
              options={weekdays}
              value={String(summaryWeekday)}
              onChange={(day) => change({ summaryWeekday: Number(day) })}
            />
          </Field>
          <Field label={t('hour')} disabled={!summary}>
            <Select
              options={HOURS}
              value={String(summaryHour)}
              onChange={(hour) => change({ summaryHour: Number(hour) })}
            />
          </Field>
        </div>
        <SummaryPreview />
      </div>
    </Card>
  )
}

/** "1" is Monday; 5 January 2026 was one. */
function useWeekdays() {
  const locale = useLocale()
  return useMemo(() => {
    const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
    return Array.from({ length: 7 }, (_, at) => ({
      value: String(at + 1),
      label: name.format(new Date(Date.UTC(2026, 0, 5 + at))),
    }))
  }, [locale])
}

/** A choice is shown before the server has it, and taken back where it is refused. */
function usePreferences() {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const { queryKey, ...read } = trpc.care.preferences.queryOptions()
  const { data: chosen } = useSuspenseQuery({ ...read, queryKey })
  const save = useMutation(
    trpc.care.savePreferences.mutationOptions({
      async onMutate(part) {
        await queries.cancelQueries({ queryKey })
        const before = queries.getQueryData(queryKey)
        queries.setQueryData(queryKey, (now) => now && { ...now, ...part })
        return { before }
      },
      onError: (_error, _part, kept) => queries.setQueryData(queryKey, kept?.before),
      onSettled: () => void queries.invalidateQueries({ queryKey }),
    }),
  )
  return { chosen, change: (part: Partial<Preferences>) => save.mutate(part) }
}
