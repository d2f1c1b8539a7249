'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToast } from '@/ui/toast'
import { FormError } from './form-error'
import { LanguageField } from './language-field'

const loadSchema = () => import('../schema').then(({ profileSchema }) => profileSchema)

type Profile = { name: string; email: string; locale: 'en' | 'pl' }

export function ProfileForm({ profile }: { profile: Profile }) {
  const t = useTranslations('accounts')
  const network = useTranslations('errors')('network')
  const [toast, router] = [useToast(), useRouter()]
  const form = useSchemaForm(loadSchema, { ...profile, password: '' })
  const { errors } = form.formState
  const save = useMutation(
    useTRPC().accounts.updateProfile.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        toast.done(t('saved'))
        form.reset({ ...form.getValues(), password: '' })
        router.refresh()
      },
    }),
  )
  const moves = form.watch('email') !== profile.email
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
      className="flex max-w-md flex-col gap-4"
    >
      <FormError error={errors.root?.server?.message} />
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoComplete="name" {...form.register('name')} />
      </Field>
      <Field label={t('email')} error={errors.email?.message}>
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      {moves && (
        <Field label={t('presentPassword')} hint={t('emailNeedsPassword')} error={errors.password?.message}>
          <Input type="password" autoComplete="current-password" {...form.register('password')} />
        </Field>
      )}
      <LanguageField control={form.control} name="locale" label={t('language')} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-start">
        {t('save')}
      </Button>
    </form>
  )
}
