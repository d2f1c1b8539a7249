'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Controller, useFieldArray } from 'react-hook-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { IconButton } from '@/ui/icon-button'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import type { PointKind } from '../rules'
import type { ContactFormState } from './contact-form'
import { emptyPoint } from './contact-form-values'
import { POINT_STATES } from './point-state'

const WORDS = {
  email: { title: 'emails', add: 'addEmail', type: 'email' },
  phone: { title: 'phones', add: 'addPhone', type: 'tel' },
  address: { title: 'addresses', add: 'addAddress', type: 'text' },
} as const

/** One list holds all kinds: the server judges it whole, and says at which line it is wrong. */
export function usePointLines(form: ContactFormState) {
  return useFieldArray({ control: form.control, name: 'points', keyName: 'key' })
}

type PointsProps = { form: ContactFormState; kind: PointKind; lines: ReturnType<typeof usePointLines> }

/** E-mail addresses, phones or postal addresses, a line each. */
export function PointsFields({ form, kind, lines }: PointsProps) {
  const t = useTranslations('contacts.form')
  const { fields, append, remove } = lines
  const own = fields.flatMap((field, at) => (field.kind === kind ? [{ key: field.key, at }] : []))
  const words = WORDS[kind]
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-table">{t(words.title)}</legend>
      {own.map(({ key, at }) => (
        <div key={key} className="flex flex-wrap items-start gap-2">
          {kind === 'address' ? <AddressFields form={form} at={at} /> : <ValueField form={form} at={at} kind={kind} />}
          <StateField form={form} at={at} kind={kind} />
          <IconButton label={t('removeEmpty')} icon={<X aria-hidden />} onClick={() => remove(at)} />
        </div>
      ))}
      <Button
        variant="ghost"
        size="small"
        icon={<Plus aria-hidden />}
        className="self-start"
        onClick={() => append(emptyPoint(kind, own.length === 0 ? 'primary' : 'other'))}
      >
        {t(words.add)}
      </Button>
    </fieldset>
  )
}

type LineProps = { form: ContactFormState; at: number }

function ValueField({ form, at, kind }: LineProps & { kind: 'email' | 'phone' }) {
  const t = useTranslations('contacts.form')
  const error = form.formState.errors.points?.[at]?.value?.message
  return (
    <Field label={<span className="sr-only">{t(kind)}</span>} error={error} className="min-w-48 flex-1 gap-0">
      <Input
        type={WORDS[kind].type}
        {...form.register(`points.${at}.value`)}
        autoComplete="off"
        placeholder={t(kind)}
      />
    </Field>
  )
}

function AddressFields({ form, at }: LineProps) {
  const t = useTranslations('contacts.form')
  const errors = form.formState.errors.points?.[at]
  return (
    <div className="grid min-w-60 flex-1 grid-cols-6 gap-2">
      <Field label={t('street')} error={errors?.value?.message} className="col-span-6">
        <Input {...form.register(`points.${at}.street`)} autoComplete="off" />
      </Field>
      <Field label={t('postalCode')} className="col-span-2">
        <Input {...form.register(`points.${at}.postalCode`)} autoComplete="off" />
      </Field>
      <Field label={t('city')} className="col-span-4">
        <Input {...form.register(`points.${at}.city`)} autoComplete="off" />
      </Field>
      <Field label={t('region')} className="col-span-4">
        <Input {...form.register(`points.${at}.region`)} autoComplete="off" />
      </Field>
      <Field label={t('country')} error={errors?.country?.message} className="col-span-2">
        <Input {...form.register(`points.${at}.country`)} maxLength={2} autoComplete="off" />
      </Field>
    </div>
  )
}

function StateField({ form, at, kind }: LineProps & { kind: PointKind }) {
  const t = useTranslations('contacts.form')
  const states = POINT_STATES.filter((state) => state !== 'bounced' || kind === 'email')
  return (
    <Controller
      control={form.control}
      name={`points.${at}.state`}
      render={({ field }) => (
        <Select
          label={t('state')}
          value={field.value}
          onChange={field.onChange}
          options={states.map((value) => ({ value, label: t(value) }))}
          className="w-36!"
        />
      )}
    />
  )
}
