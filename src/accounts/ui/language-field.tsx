'use client'

import { useTranslations } from 'next-intl'
import { type Control, Controller, type FieldPath, type FieldValues } from 'react-hook-form'
import { Field } from '@/ui/field'
import { type Option, Select } from '@/ui/select'

export type FormField<Input extends FieldValues, Output> = {
  control: Control<Input, unknown, Output>
  name: FieldPath<Input>
}

export type ManyField<Input extends FieldValues, Output> = FormField<Input, Output> & {
  label: string
  options: readonly Option[]
}

/** A choice among few. */
function FewChoices<Input extends FieldValues, Output>({ label, options, ...rest }: ManyField<Input, Output>) {
  return (
    <Controller
      {...rest}
      render={({ field, fieldState }) => (
        <Field label={label} error={fieldState.error?.message}>
          <Select options={options} value={field.value} onChange={field.onChange} />
        </Field>
      )}
    />
  )
}

export function LanguageField<Input extends FieldValues, Output>(props: FormField<Input, Output> & { label: string }) {
  const t = useTranslations('shell.language')
  const options = [
    { value: 'pl', label: t('pl') },
    { value: 'en', label: t('en') },
  ]
  return <FewChoices {...props} options={options} />
}
