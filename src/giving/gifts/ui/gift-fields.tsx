'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { currencySign } from '@/kernel/money'
import { useTRPC } from '@/trpc/client'
import { useFind } from '@/trpc/client-find'
import { Checkbox } from '@/ui/checkbox'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { GIFT_TYPES, METHODS } from '../rules'
import { CurrencySelect } from './currency-select'
import type { GiftDraft } from './gift-draft'

const NONE = 'none'

export type FieldsProps = {
  draft: GiftDraft
  onChange: (part: Partial<GiftDraft>) => void
  /** Texts, or keys of the `errors` texts, by the field. */
  errors: Readonly<Record<string, string | undefined>>
}

/** What a field says of an error: its own text, or that of a key. */
export function useErrorText(errors: FieldsProps['errors']): (field: string) => string | undefined {
  const find = useFind()
  return (field) => {
    const error = errors[field]
    return error === undefined ? undefined : (find(`errors.${error}`) ?? error)
  }
}

export function DateField({ draft, onChange, errors }: FieldsProps) {
  const t = useTranslations('gifts.column')
  return (
    <Field label={t('date')} error={useErrorText(errors)('givenOn')}>
      <Input type="date" value={draft.givenOn} onChange={(event) => onChange({ givenOn: event.target.value })} />
    </Field>
  )
}

export function AmountField({ draft, onChange, errors }: FieldsProps) {
  const t = useTranslations('gifts.column')
  const locale = useLocale()
  return (
    <Field label={t('amount')} error={useErrorText(errors)('amount')}>
      <Input
        numeric
        autoComplete="off"
        value={draft.amount}
        after={currencySign(draft.currency, locale)}
        onChange={(event) => onChange({ amount: event.target.value })}
      />
    </Field>
  )
}

export function CurrencyField({ draft, onChange, errors }: FieldsProps) {
  const error = useErrorText(errors)('currency')
  return <CurrencySelect value={draft.currency} error={error} onChange={(currency) => onChange({ currency })} />
}

export function MethodField({ draft, onChange }: FieldsProps) {
  const t = useTranslations('gifts')
  return (
    <Field label={t('column.method')}>
      <Select
        value={draft.method}
        onChange={(method) => onChange({ method })}
        options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
    </Field>
  )
}

export function FundField({ draft, onChange, errors }: FieldsProps) {
  const t = useTranslations('gifts')
  const funds = useQuery(useTRPC().funds.list.queryOptions()).data ?? []
  const open = funds.filter((fund) => !fund.archived || fund.id === draft.fundId)
  return (
    <Field label={t('column.fund')} error={useErrorText(errors)('fundId')}>
      <Select
        value={draft.fundId ?? NONE}
        onChange={(id) => onChange({ fundId: id === NONE ? null : id })}
        options={[
          { value: NONE, label: t('form.noFund') },
          ...open.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </Field>
  )
}

export function TypeField({ draft, onChange }: FieldsProps) {
  const t = useTranslations('gifts')
  return (
    <Field label={t('form.type')}>
      <Select
        value={draft.type}
        onChange={(type) => onChange({ type })}
        options={GIFT_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
    </Field>
  )
}

/** Note, number elsewhere, and the two ticks. */
export function MoreFields({ draft, onChange, errors }: FieldsProps) {
  const t = useTranslations('gifts.form')
  const errorOf = useErrorText(errors)
  return (
    <>
      <Field label={t('note')} error={errorOf('note')}>
        <Textarea rows={2} value={draft.note} onChange={(event) => onChange({ note: event.target.value })} />
      </Field>
      <Field label={t('externalId')} hint={t('externalIdHint')} error={errorOf('externalId')}>
        <Input
          value={draft.externalId}
          maxLength={200}
          onChange={(event) => onChange({ externalId: event.target.value })}
        />
      </Field>
      <Tick label={t('anonymous')} checked={draft.anonymous} onChange={(anonymous) => onChange({ anonymous })} />
      <Tick label={t('extra')} hint={t('extraHint')} checked={draft.extra} onChange={(extra) => onChange({ extra })} />
    </>
  )
}

type TickProps = { label: string; hint?: ReactNode; checked: boolean; onChange: (checked: boolean) => void }

function Tick({ label, hint, checked, onChange }: TickProps) {
  return (
    <Field inline label={label} hint={hint}>
      <Checkbox checked={checked} onChange={onChange} />
    </Field>
  )
}
