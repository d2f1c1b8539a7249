'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import { listMonths } from './choices'
import { FormError } from './form-error'
import { LanguageField } from './language-field'
import { CurrencyField, HalfField, TimeZoneField } from './workspace-fields'

const loadSchema = () => import('../schema').then(({ workspaceSchema }) => workspaceSchema)

type Workspace = {
  name: string
  currency: string
  timeZone: string
  locale: 'en' | 'pl'
  fiscalYearStart: number
  bargains: boolean
  giving: boolean
}

export function WorkspaceForm({ workspace, readOnly }: { workspace: Workspace; readOnly: boolean }) {
  const t = useTranslations('accounts')
  const network = useTranslations('errors')('network')
  const [toast, router] = [useToast(), useRouter()]
  const form = useSchemaForm(loadSchema, workspace)
  const { control, formState } = form
  const save = useMutation(
    useTRPC().accounts.updateWorkspace.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        toast.done(t('saved'))
        form.reset(form.getValues())
        router.refresh()
      },
    }),
  )
  return (
    <form method="post" noValidate onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <fieldset disabled={readOnly} className="flex max-w-md flex-col gap-4">
        <FormError error={formState.errors.root?.server?.message} />
        {readOnly && <p className="text-ink-2">{t('workspaceReadOnly')}</p>}
        <Field label={t('workspaceName')} error={formState.errors.name?.message}>
          <Input {...form.register('name')} />
        </Field>
        <CurrencyField control={control} name="currency" />
        <TimeZoneField control={control} name="timeZone" />
        <LanguageField control={control} name="locale" label={t('workspaceLanguage')} />
        <Controller
          control={control}
          name="fiscalYearStart"
          render={({ field, fieldState }) => (
            <FiscalYearField value={field.value} onChange={field.onChange} error={fieldState.error?.message} />
          )}
        />
        <HalfField control={control} name="bargains" half="bargains" />
        <HalfField control={control} name="giving" half="giving" />
        <Button type="submit" variant="primary" busy={save.isPending} disabled={readOnly} className="self-start">
          {t('save')}
        </Button>
      </fieldset>
    </form>
  )
}

type FiscalYear = { value: number; onChange: (month: number) => void; error: string | undefined }

function FiscalYearField({ value, onChange, error }: FiscalYear) {
  const locale = useLocale()
  const options = useMemo(() => listMonths(locale), [locale])
  return (
    <Field label={useTranslations('accounts')('fiscalYearStart')} error={error}>
      <Select options={options} value={String(value)} onChange={(month) => onChange(Number(month))} />
    </Field>
  )
}
