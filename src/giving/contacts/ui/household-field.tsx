'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { Combobox } from '@/ui/combobox'
import { Field } from '@/ui/field'
import type { ContactFormState } from './contact-form'

/** The household that a person belongs to, found by typing. */
export function HouseholdField({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts.form')
  const trpc = useTRPC()
  const [typed, setTyped] = useState('')
  const chosen = form.watch('householdId')
  const input = { kind: 'household' as const, limit: 20, ...(typed.trim() && { q: typed.slice(0, 200) }) }
  const found = useQuery(trpc.contacts.list.queryOptions(input, { placeholderData: (previous) => previous }))
  const own = useQuery(trpc.contacts.get.queryOptions({ id: chosen }, { enabled: chosen !== '' })).data
  const rows = [...(own ? [own] : []), ...(found.data?.contacts ?? [])]
  const named = new Map(rows.map(({ id, displayName }) => [id, displayName]))
  const options = [{ value: '', label: t('noHousehold') }, ...[...named].map(([value, label]) => ({ value, label }))]
  return (
    <Controller
      control={form.control}
      name="householdId"
      render={({ field, fieldState }) => (
        <Field label={t('household')} error={fieldState.error?.message}>
          <Combobox
            options={options}
            value={field.value}
            onChange={(id) => field.onChange(id ?? '')}
            onQueryChange={setTyped}
          />
        </Field>
      )}
    />
  )
}
