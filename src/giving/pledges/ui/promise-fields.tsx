'use client'

import { useLocale, useTranslations } from 'next-intl'
import { currencySign } from '@/kernel/money'
import { useFind } from '@/trpc/client-find'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { FREQUENCIES, type Frequency } from '../rules'

type Errors = Readonly<Record<string, string | undefined>>

/** What a field says of an error: its own text, or that of a key. */
export function useFieldError(errors: Errors): (field: string) => string | undefined {
  const find = useFind()
  return (field) => {
    const error = errors[field]
    return error === undefined ? undefined : (find(`errors.${error}`) ?? error)
  }
}

type AmountProps = { value: string; currency: string; error: string | undefined; onChange: (amount: string) => void }

export function AmountInput({ value, currency, error, onChange }: AmountProps) {
  const t = useTranslations('pledges.form')
  const locale = useLocale()
  return (
    <Field label={t('amount')} error={error}>
      <Input
        numeric
        autoComplete="off"
        value={value}
        after={currencySign(currency, locale)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

export function FrequencySelect({ value, onChange }: { value: Frequency; onChange: (frequency: Frequency) => void }) {
  const t = useTranslations('pledges')
  return (
    <Field label={t('form.frequency')}>
      <Select
        value={value}
        onChange={onChange}
        options={FREQUENCIES.map((each) => ({ value: each, label: t(`frequency.${each}`) }))}
      />
    </Field>
  )
}

type DayProps = {
  label: string
  value: string
  error: string | undefined
  optional?: boolean
  hint?: string
  onChange: (day: string) => void
}

export function DayInput({ label, value, error, optional, hint, onChange }: DayProps) {
  const t = useTranslations('ui')
  return (
    <Field label={label} error={error} hint={hint} optional={optional ? t('optional') : undefined}>
      <Input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}
