'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { PASSWORD_LEAST } from '../../rules-passwords'
import { FormError } from '../../ui/form-error'

const loadSchema = () => import('../../schema').then(({ newUserSchema }) => newUserSchema)

/** A new person's account. Where the invitation names an address it is theirs. */
export function AcceptForm({ token, email }: { token: string; email: string | null }) {
  const [t, accounts] = [useTranslations('members.accept'), useTranslations('accounts')]
  const network = useTranslations('errors')('network')
  const form = useSchemaForm(loadSchema, { name: '', email: email ?? '', password: '', locale: useLocale() })
  const { errors } = form.formState
  const accept = useMutation(
    useTRPC().members.accept.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: () => window.location.assign('/'),
    }),
  )
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((input) => accept.mutate({ ...input, token }))}
      className="flex flex-col gap-4"
    >
      <FormError error={errors.root?.server?.message} />
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label={t('email')} error={errors.email?.message}>
        <Input type="email" autoComplete="username" readOnly={email !== null} {...form.register('email')} />
      </Field>
      <Field
        label={t('password')}
        hint={accounts('passwordHint', { least: PASSWORD_LEAST })}
        error={errors.password?.message}
      >
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" busy={accept.isPending || accept.isSuccess}>
        {t('submit')}
      </Button>
    </form>
  )
}
