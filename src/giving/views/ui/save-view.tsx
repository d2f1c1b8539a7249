'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/checkbox'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToast } from '@/ui/toast'
import type { LISTS } from '../schema'

const LONGEST = 60

type SaveViewProps = { list: (typeof LISTS)[number]; query: string; onClose: () => void }

export function SaveView({ list, query, onClose }: SaveViewProps) {
  const t = useTranslations('contacts.views')
  const [trpc, client, toast] = [useTRPC(), useQueryClient(), useToast()]
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const saving = useMutation(
    trpc.views.create.mutationOptions({
      onSuccess: () => {
        toast.done(t('saved', { name }))
        client.invalidateQueries({ queryKey: trpc.views.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') saving.mutate({ list, query, name, shared })
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t('name')}>
          <Input autoFocus value={name} maxLength={LONGEST} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('shared')} inline>
          <Checkbox checked={shared} onChange={setShared} />
        </Field>
      </div>
    </Dialog>
  )
}
