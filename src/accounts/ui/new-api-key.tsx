'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/checkbox'
import { CopyField } from '@/ui/copy-field'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { FormError } from './form-error'

const loadSchema = () => import('../schema').then(({ newTokenSchema }) => newTokenSchema)

/** Makes a key and shows it, once. */
export function NewApiKey() {
  const t = useTranslations('accounts.keys')
  const network = useTranslations('errors')('network')
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const form = useSchemaForm(loadSchema, { name: '', scope: 'all' })
  const { errors } = form.formState
  const create = useMutation(
    trpc.accounts.createToken.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        form.reset()
        return queries.invalidateQueries(trpc.accounts.tokens.queryFilter())
      },
    }),
  )
  return (
    <div className="flex max-w-md flex-col gap-4">
      <form
        method="post"
        noValidate
        onSubmit={form.handleSubmit((input) => create.mutate(input))}
        className="flex flex-col gap-3"
      >
        <FormError error={errors.root?.server?.message} />
        <Field label={t('name')} hint={t('nameHint')} error={errors.name?.message}>
          <Input autoComplete="off" {...form.register('name')} />
        </Field>
        <Controller
          control={form.control}
          name="scope"
          render={({ field }) => (
            <Field inline label={t('pushOnly')} hint={t('pushOnlyHint')}>
              <Checkbox checked={field.value === 'push'} onChange={(on) => field.onChange(on ? 'push' : 'all')} />
            </Field>
          )}
        />
        <Button type="submit" variant="primary" busy={create.isPending} className="self-start">
          {t('create')}
        </Button>
      </form>
      {create.data && <CopyField label={t('new')} value={create.data.token} once />}
    </div>
  )
}
