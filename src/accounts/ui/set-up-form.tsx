'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { PASSWORD_LEAST } from '@/accounts/rules-passwords'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { ownTimeZone } from './choices'
import { FormError } from './form-error'
import { LanguageField } from './language-field'
import { CurrencyField, HalfField, TimeZoneField } from './workspace-fields'

const loadSchema = () => import('../schema').then(({ setUpSchema }) => setUpSchema)

function useSetUpForm() {
  const locale = useLocale()
  const form = useSchemaForm(loadSchema, {
    ...{ code: '', name: '', email: '', password: '', workspaceName: '' },
    ...{ locale, currency: locale === 'pl' ? 'PLN' : 'EUR', timeZone: 'UTC', bargains: true, giving: false },
  })
  const { setValue } = form
  // Only the browser knows; the server's page must be the same before.
  useEffect(() => {
    setValue('timeZone', ownTimeZone())
    if (ownTimeZone() === 'Europe/Warsaw') setValue('currency', 'PLN')
  }, [setValue])
  return form
}

export function SetUpForm() {
  const t = useTranslations('setup')
  const network = useTranslations('errors')('network')
  const form = useSetUpForm()
  const setUp = useMutation(
    useTRPC().accounts.setUp.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: () => window.location.assign('/'),
    }),
  )
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((input) => setUp.mutate(input))}
      className="flex flex-col gap-6"
    >
      <FormError error={form.formState.errors.root?.server?.message} />
      <PersonFields form={form} />
      <WorkspaceFields form={form} />
      <Button type="submit" variant="primary" busy={setUp.isPending || setUp.isSuccess}>
        {t('submit')}
      </Button>
    </form>
  )
}

type Part = { form: ReturnType<typeof useSetUpForm> }

function PersonFields({ form }: Part) {
  const [t, words] = [useTranslations('setup'), useTranslations('accounts')]
  const { errors } = form.formState
  return (
    <>
      <Field label={t('code')} hint={t('codeHint')} error={errors.code?.message}>
        <Input
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
          className="font-mono"
          {...form.register('code')}
        />
      </Field>
      <fieldset className="flex flex-col gap-4">
        <legend className="mb-3 font-bold">{t('you')}</legend>
        <Field label={words('name')} error={errors.name?.message}>
          <Input autoComplete="name" {...form.register('name')} />
        </Field>
        <Field label={words('email')} error={errors.email?.message}>
          <Input type="email" autoComplete="username" {...form.register('email')} />
        </Field>
        <Field
          label={words('password')}
          hint={words('passwordHint', { least: PASSWORD_LEAST })}
          error={errors.password?.message}
        >
          <Input type="password" autoComplete="new-password" {...form.register('password')} />
        </Field>
      </fieldset>
    </>
  )
}

function WorkspaceFields({ form }: Part) {
  const [t, words] = [useTranslations('setup'), useTranslations('accounts')]
  const { control, formState, register } = form
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-3 font-bold">{t('workspace')}</legend>
      <Field label={words('workspaceName')} hint={t('workspaceHint')} error={formState.errors.workspaceName?.message}>
        <Input autoComplete="organization" {...register('workspaceName')} />
      </Field>
      <LanguageField control={control} name="locale" label={words('language')} />
      <CurrencyField control={control} name="currency" />
      <TimeZoneField control={control} name="timeZone" />
      <HalfField control={control} name="bargains" half="bargains" />
      <HalfField control={control} name="giving" half="giving" />
    </fieldset>
  )
}
