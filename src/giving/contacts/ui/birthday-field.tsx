'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { Checkbox } from '@/ui/checkbox'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { birthdayOf, isYearKnown, withoutYear } from '../rules-birthday'

type BirthdayProps = { value: string; onChange: (birthday: string) => void; error: string | undefined }

const DAYS = Array.from({ length: 31 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }))

/** A day, or a day and a month where nobody knows the year. */
export function BirthdayField({ value, onChange, error }: BirthdayProps) {
  const t = useTranslations('contacts.form')
  const [yearless, setYearless] = useState(value !== '' && !isYearKnown(value))
  const toggle = (next: boolean) => {
    setYearless(next)
    if (value !== '') onChange(next ? withoutYear(value) : '')
  }
  return (
    <div className="flex flex-col gap-1.5">
      {yearless ? (
        <DayAndMonth value={value} onChange={onChange} error={error} />
      ) : (
        <Field label={t('birthday')} error={error}>
          <Input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
        </Field>
      )}
      <Field label={t('yearUnknown')} inline>
        <Checkbox checked={yearless} onChange={toggle} />
      </Field>
    </div>
  )
}

function DayAndMonth({ value, onChange, error }: BirthdayProps) {
  const t = useTranslations('contacts.form')
  const months = useMonths()
  const [day, setDay] = useState(value ? String(Number(value.slice(8))) : '')
  const [month, setMonth] = useState(value ? String(Number(value.slice(5, 7))) : '')
  const tell = (d: string, m: string) => onChange(d && m ? birthdayOf(Number(m), Number(d)) : '')
  const wrong = day !== '' && month !== '' && birthdayOf(Number(month), Number(day)) === ''
  return (
    <div className="grid grid-cols-[5rem_1fr] gap-2">
      <Field label={t('birthday')} error={wrong ? t('noSuchDay') : error}>
        <Select
          options={[{ value: '', label: '—' }, ...DAYS]}
          value={day}
          onChange={(next) => {
            setDay(next)
            tell(next, month)
          }}
        />
      </Field>
      <Field label={t('month')}>
        <Select
          options={[{ value: '', label: '—' }, ...months]}
          value={month}
          onChange={(next) => {
            setMonth(next)
            tell(day, next)
          }}
        />
      </Field>
    </div>
  )
}

function useMonths() {
  const locale = useLocale()
  return useMemo(() => {
    const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, at) => ({
      value: String(at + 1),
      label: name.format(new Date(Date.UTC(2026, at, 15))),
    }))
  }, [locale])
}
