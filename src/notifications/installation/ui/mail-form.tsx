'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Controller, type UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { type Option, Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import type { MailInput, mailForm } from '../schema'

const loadSchema = () => import('../schema').then((schemas) => schemas.mailForm)

type Form = UseFormReturn<Values, unknown, MailInput>

type Values = z.input<typeof mailForm>

const EMPTY: Values = {
  kind: 'smtp',
  security: 'starttls',
  ...{ host: '', port: '', user: '', password: '', key: '', from: '' },
}

const WAYS = ['smtp', 'resend'] as const
const SECURITIES = ['starttls', 'tls'] as const

/** Nothing is filled in: what is kept is never sent to a browser. */
export function MailForm() {
  const t = useTranslations('channels.installation.mail')
  const network = useTranslations('errors')('network')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const form: Form = useSchemaForm(loadSchema, EMPTY)
  const { errors } = form.formState
  const save = useMutation(
    trpc.installation.setMail.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        toast.done(t('saved'))
        form.reset()
        return queries.invalidateQueries(trpc.installation.status.queryFilter())
      },
    }),
  )
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
      className="flex max-w-md flex-col gap-3"
    >
      <Choice
        form={form}
        name="kind"
        label={t('way')}
        options={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
      />
      {form.watch('kind') === 'smtp' ? <SmtpFields form={form} /> : <ResendFields form={form} />}
      <Field label={t('sender')} hint={t('senderHint')} error={errors.from?.message}>
        <Input autoComplete="off" {...form.register('from')} />
      </Field>
      <p role="alert" className="text-bad-ink empty:hidden">
        {errors.root?.server?.message}
      </p>
      <Button type="submit" variant="primary" busy={save.isPending} className="self-start">
        {t('save')}
      </Button>
    </form>
  )
}

type ChoiceProps<Name extends 'kind' | 'security'> = {
  readonly form: Form
  readonly name: Name
  readonly label: string
  readonly options: readonly Option<Values[Name]>[]
}

function Choice<Name extends 'kind' | 'security'>({ form, name, label, options }: ChoiceProps<Name>) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <Field label={label}>
          <Select<Values[Name]> options={options} value={field.value} onChange={field.onChange} />
        </Field>
      )}
    />
  )
}

function SmtpFields({ form }: { form: Form }) {
  const t = useTranslations('channels.installation.mail')
  const { errors } = form.formState
  return (
    <>
      <div className="grid grid-cols-[1fr_6rem] gap-3">
        <Field label={t('host')} error={errors.host?.message}>
          <Input autoComplete="off" spellCheck={false} {...form.register('host')} />
        </Field>
        <Field label={t('port')} error={errors.port?.message}>
          <Input inputMode="numeric" placeholder="587" {...form.register('port')} />
        </Field>
      </div>
      <Choice
        form={form}
        name="security"
        label={t('security')}
        options={SECURITIES.map((value) => ({ value, label: t(`securities.${value}`) }))}
      />
      <Field label={t('user')} error={errors.user?.message}>
        <Input autoComplete="off" spellCheck={false} {...form.register('user')} />
      </Field>
      <Field label={t('password')} error={errors.password?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
    </>
  )
}

function ResendFields({ form }: { form: Form }) {
  const t = useTranslations('channels.installation.mail')
  return (
    <Field label={t('key')} error={form.formState.errors.key?.message}>
      <Input type="password" autoComplete="off" spellCheck={false} {...form.register('key')} />
    </Field>
  )
}
