'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import type { ShownField } from '../schema'
import type { ContactFormState } from './contact-form'

/** A box for each field of the workspace's own. */
export function CustomInputs({ form }: { form: ContactFormState }) {
  const fields = useQuery(useTRPC().contacts.fields.queryOptions()).data ?? []
  if (fields.length === 0) return null
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {fields.map((field) => (
        <CustomInput key={field.id} form={form} field={field} />
      ))}
    </div>
  )
}

function CustomInput({ form, field }: { form: ContactFormState; field: ShownField }) {
  const { id, name, kind } = field
  const error = form.formState.errors.custom?.[id]?.message
  if (kind === 'choice') return <CustomChoice form={form} field={field} error={error} />
  return (
    <Field label={name} error={error}>
      <Input
        type={kind === 'date' ? 'date' : 'text'}
        inputMode={kind === 'number' ? 'decimal' : undefined}
        {...form.register(`custom.${id}`)}
        autoComplete="off"
      />
    </Field>
  )
}

type ChoiceProps = { form: ContactFormState; field: ShownField; error: string | undefined }

function CustomChoice({ form, field: { id, name, choices }, error }: ChoiceProps) {
  const t = useTranslations('contacts.form')
  const value = form.watch(`custom.${id}`) ?? ''
  // A choice that was taken away stays with whoever has it.
  const known = value && !choices.includes(value) ? [...choices, value] : choices
  return (
    <Field label={name} error={error}>
      <Select
        value={value}
        onChange={(chosen) => form.setValue(`custom.${id}`, chosen, { shouldDirty: true })}
        options={[{ value: '', label: t('choose') }, ...known.map((choice) => ({ value: choice, label: choice }))]}
      />
    </Field>
  )
}
