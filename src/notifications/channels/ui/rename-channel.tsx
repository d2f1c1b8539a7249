'use client'

import { useTranslations } from 'next-intl'
import { useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'

const loadSchema = () => import('../schema').then(({ renameSchema }) => renameSchema)

type Props = {
  readonly channel: { readonly id: string; readonly name: string }
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}

export function RenameChannel({ channel, onRename, onClose }: Props) {
  const [t, ui] = [useTranslations('channels.rename'), useTranslations('ui')]
  const form = useSchemaForm(loadSchema, { id: channel.id, name: channel.name })
  const save = form.handleSubmit(({ name }) => {
    if (name !== channel.name) onRename(name)
    onClose()
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      onSubmit={save}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('label')} error={form.formState.errors.name?.message}>
        <Input autoFocus maxLength={100} {...form.register('name')} />
      </Field>
    </Dialog>
  )
}
