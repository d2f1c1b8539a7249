'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Controller, type FieldValues } from 'react-hook-form'
import { Combobox } from '@/ui/combobox'
import { Field } from '@/ui/field'
import { Switch } from '@/ui/switch'
import { listCurrencies, listTimeZones } from './choices'
import type { FormField, ManyField } from './language-field'

/** A choice among many, as a field of a form. */
function ManyChoices<Input extends FieldValues, Output>({ label, options, ...rest }: ManyField<Input, Output>) {
  return (
    <Controller
      {...rest}
      render={({ field, fieldState }) => (
        <Field label={label} error={fieldState.error?.message}>
          <Combobox options={options} value={field.value} onChange={(value) => field.onChange(value ?? '')} />
        </Field>
      )}
    />
  )
}

export function CurrencyField<Input extends FieldValues, Output>(props: FormField<Input, Output>) {
  const locale = useLocale()
  const options = useMemo(() => listCurrencies(locale), [locale])
  return <ManyChoices {...props} label={useTranslations('accounts')('currency')} options={options} />
}

export function TimeZoneField<Input extends FieldValues, Output>(props: FormField<Input, Output>) {
  const options = useMemo(() => listTimeZones(), [])
  return <ManyChoices {...props} label={useTranslations('accounts')('timeZone')} options={options} />
}

/** One half of the workspace, on or off. */
export function HalfField<Input extends FieldValues, Output>({
  half,
  ...rest
}: FormField<Input, Output> & { half: 'bargains' | 'giving' }) {
  const t = useTranslations('accounts.halves')
  return (
    <Controller
      {...rest}
      render={({ field, fieldState }) => (
        <Field inline label={t(half)} hint={t(`${half}Hint`)} error={fieldState.error?.message}>
          <Switch checked={field.value} onChange={field.onChange} />
        </Field>
      )}
    />
  )
}
