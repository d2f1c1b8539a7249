'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { Checkbox } from '@/ui/checkbox'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { CONTACT_STATUSES } from '../rules'
import { BirthdayField } from './birthday-field'
import type { ContactFormState } from './contact-form'
import { GroupPicks } from './group-picks'
import { HouseholdField } from './household-field'

const LANGUAGES = ['pl', 'en', 'uk', 'de'] as const

/** Everything about a contact that is not its name, its points or its notes. */
export function DetailFields({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts')
  const { errors } = form.formState
  const person = form.watch('kind') === 'person'
  const owners = useQuery(useTRPC().contacts.owners.queryOptions()).data ?? []
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Chosen
          form={form}
          name="status"
          label={t('form.status')}
          options={CONTACT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <Chosen
          form={form}
          name="ownerId"
          label={t('form.owner')}
          options={[
            { value: '', label: t('form.nobody') },
            ...owners.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {person && (
          <>
            <HouseholdField form={form} />
            <Controller
              control={form.control}
              name="birthday"
              render={({ field }) => (
                <BirthdayField value={field.value} onChange={field.onChange} error={errors.birthday?.message} />
              )}
            />
            <Field label={t('form.deceasedOn')} error={errors.deceasedOn?.message}>
              <Input type="date" {...form.register('deceasedOn')} />
            </Field>
          </>
        )}
        <Chosen
          form={form}
          name="language"
          label={t('form.language')}
          options={[
            { value: '', label: t('form.languageDefault') },
            ...LANGUAGES.map((value) => ({ value, label: t(`form.${value}`) })),
          ]}
        />
      </div>
      <GroupPicks form={form} />
      <Field label={t('form.doNotContact')} inline>
        <Controller
          control={form.control}
          name="doNotContact"
          render={({ field }) => <Checkbox checked={field.value} onChange={field.onChange} />}
        />
      </Field>
    </>
  )
}

type ChosenProps = {
  form: ContactFormState
  name: 'status' | 'ownerId' | 'language'
  label: string
  options: readonly { value: string; label: string }[]
}

function Chosen({ form, name, label, options }: ChosenProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} error={fieldState.error?.message}>
          <Select value={field.value} onChange={field.onChange} options={options} />
        </Field>
      )}
    />
  )
}
