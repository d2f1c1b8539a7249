'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/ui/field'
import { Select } from '@/ui/select'

const CURRENCIES = ['PLN', 'EUR', 'USD', 'GBP', 'CHF', 'CZK', 'UAH', 'SEK', 'NOK', 'DKK', 'HUF', 'CAD', 'AUD', 'JPY']

type CurrencyProps = { value: string; error?: string | undefined; onChange: (currency: string) => void }

export function CurrencySelect({ value, error, onChange }: CurrencyProps) {
  const t = useTranslations('gifts.column')
  const known = CURRENCIES.includes(value) ? CURRENCIES : [value, ...CURRENCIES]
  return (
    <Field label={t('currency')} error={error}>
      <Select value={value} onChange={onChange} options={known.map((code) => ({ value: code, label: code }))} />
    </Field>
  )
}
