'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { PASSWORD_LEAST } from '@/accounts/rules-passwords'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToast } from '@/ui/toast'
import { FormError } from './form-error'

const loadSchema = () => import('../schema').then(({ passwordSchema }) => passwordSchema)

/** `email` is for password managers, which file the new password under it. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('accounts')
  const network = useTranslations('errors')('network')
  const [toast, trpc, queries] = [useToast(), useTRPC(), useQueryClient()]
  const form = useSchemaForm(loadSchema, { current: '', next: '' })
  const { errors } = form.formState
  const change = useMutation(
    trpc.accounts.changePassword.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        toast.done(t('passwordChanged'))
        form.reset()
        return queries.invalidateQueries(trpc.accounts.sessions.queryFilter())
      },
    }),
  )
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((input) => change.mutate(input))}
      className="flex max-w-md flex-col gap-4"
    >
      <FormError error={errors.root?.server?.message} />
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <Field label={t('presentPassword')} error={errors.current?.message}>
        <Input type="password" autoComplete="current-password" {...form.register('current')} />
      </Field>
      <Field label={t('newPassword')} hint={t('passwordHint', { least: PASSWORD_LEAST })} error={errors.next?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('next')} />
      </Field>
      <Button type="submit" busy={change.isPending} className="self-start">
        {t('changePassword')}
      </Button>
    </form>
  )
}
