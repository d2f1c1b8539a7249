'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToast } from '@/ui/toast'

const loadSchema = () => import('../schema').then(({ newEmailSchema }) => newEmailSchema.pick({ address: true }))

export function EmailDialog({ onClose }: { onClose: () => void }) {
  const [t, ui] = [useTranslations('channels.email'), useTranslations('ui')]
  const network = useTranslations('errors')('network')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const form = useSchemaForm(loadSchema, { address: '' })
  const { errors } = form.formState
  const add = useMutation(
    trpc.channels.createEmail.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess() {
        toast.done(t('added'))
        onClose()
        return queries.invalidateQueries(trpc.channels.list.queryFilter())
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      onSubmit={form.handleSubmit((input) => add.mutate(input))}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="primary" busy={add.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('label')} error={errors.address?.message ?? errors.root?.server?.message}>
        <Input autoFocus type="email" autoComplete="email" {...form.register('address')} />
      </Field>
    </Dialog>
  )
}
