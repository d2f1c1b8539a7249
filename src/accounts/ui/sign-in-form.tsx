'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { FormError } from './form-error'

const loadSchema = () => import('../schema').then(({ signInSchema }) => signInSchema)

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('accounts')
  const network = useTranslations('errors')('network')
  const form = useSchemaForm(loadSchema, { email: '', password: '' })
  const { errors } = form.formState
  const signIn = useMutation(
    useTRPC().accounts.signIn.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      // A whole load: nothing of who was here before stays in memory.
      onSuccess: () => window.location.assign(next),
    }),
  )
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((input) => signIn.mutate(input))}
      className="flex flex-col gap-4"
    >
      <FormError error={errors.root?.server?.message} />
      <Field label={t('email')} error={errors.email?.message}>
        <Input type="email" autoComplete="username" autoFocus {...form.register('email')} />
      </Field>
      <Field label={t('password')} error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" busy={signIn.isPending || signIn.isSuccess}>
        {t('signIn.submit')}
      </Button>
      <p className="text-ink-3 text-meta">{t('signIn.forgotten')}</p>
    </form>
  )
}
