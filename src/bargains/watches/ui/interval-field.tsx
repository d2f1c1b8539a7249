'use client'

import { useTranslations } from 'next-intl'
import { type Control, Controller } from 'react-hook-form'
import { Field } from '@/ui/field'
import { Select } from '@/ui/select'
import { useIntervalWords } from './use-interval-words'
import type { WatchFormInput, WatchFormOutput } from './watch-form-schema'

/** Minutes, from hectic to patient. */
const CHOICES = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10_080]

export function IntervalField({ control }: { control: Control<WatchFormInput, unknown, WatchFormOutput> }) {
  const t = useTranslations('watches.form')
  const every = useIntervalWords()
  return (
    <Controller
      control={control}
      name="interval"
      render={({ field, fieldState }) => (
        <Field label={t('interval')} hint={t('intervalHint')} error={fieldState.error?.message} className="max-w-60">
          <Select
            value={String(field.value)}
            onChange={(minutes) => field.onChange(Number(minutes))}
            options={withOwn(field.value ?? 10).map((minutes) => ({ value: String(minutes), label: every(minutes) }))}
          />
        </Field>
      )}
    />
  )
}

/** An interval that came through the API is a choice too. */
function withOwn(minutes: number): readonly number[] {
  return CHOICES.includes(minutes) ? CHOICES : [...CHOICES, minutes].toSorted((a, b) => a - b)
}
