'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Segmented } from '@/ui/segmented'
import { Textarea } from '@/ui/textarea'
import { CONTACT_KINDS, POINT_KINDS } from '../rules'
import type { ContactFormInput, ContactFormOutput } from './contact-form-schema'
import { CustomInputs } from './custom-inputs'
import { DetailFields } from './detail-fields'
import { PointsFields, usePointLines } from './points-fields'
import { SimilarWarning } from './similar-warning'

export type ContactFormState = UseFormReturn<ContactFormInput, unknown, ContactFormOutput>

type ContactFormProps = {
  form: ContactFormState
  onSave: (values: ContactFormOutput) => void
  busy: boolean
  save: string
  /** The contact that is being changed; none for a new one, which may choose its kind. */
  id?: string
  /** What stands above the button when saving failed. */
  failure: ReactNode
}

/** One form for a new contact and for changing one. */
export function ContactForm({ form, onSave, busy, save, id, failure }: ContactFormProps) {
  const t = useTranslations('contacts')
  const lines = usePointLines(form)
  return (
    <form noValidate onSubmit={form.handleSubmit(onSave)} className="flex max-w-180 flex-col gap-5">
      {!id && <KindField form={form} />}
      <NameFields form={form} />
      <SimilarWarning form={form} except={id} />
      {POINT_KINDS.map((kind) => (
        <PointsFields key={kind} form={form} kind={kind} lines={lines} />
      ))}
      <Field label={t('form.notes')} optional={t('form.optional')} error={form.formState.errors.notes?.message}>
        <Textarea {...form.register('notes')} />
      </Field>
      <Card title={t('form.details')}>
        <div className="flex flex-col gap-4">
          <DetailFields form={form} />
          <CustomInputs form={form} />
        </div>
      </Card>
      {failure}
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {save}
      </Button>
    </form>
  )
}

function KindField({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts')
  return (
    <Controller
      control={form.control}
      name="kind"
      render={({ field }) => (
        <Segmented
          label={t('form.kind')}
          value={field.value}
          onChange={field.onChange}
          options={CONTACT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      )}
    />
  )
}

function NameFields({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts.form')
  const { errors } = form.formState
  const kind = form.watch('kind')
  if (kind === 'person') {
    return (
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('firstName')} error={errors.firstName?.message}>
          <Input {...form.register('firstName')} autoComplete="off" dir="auto" />
        </Field>
        <Field label={t('lastName')} error={errors.lastName?.message}>
          <Input {...form.register('lastName')} autoComplete="off" dir="auto" />
        </Field>
      </div>
    )
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('name')} error={errors.name?.message}>
        <Input {...form.register('name')} autoComplete="off" dir="auto" />
      </Field>
      {kind === 'household' && (
        <Field label={t('salutation')} optional={t('optional')} hint={t('salutationHint')}>
          <Input {...form.register('salutation')} autoComplete="off" dir="auto" />
        </Field>
      )}
    </div>
  )
}
