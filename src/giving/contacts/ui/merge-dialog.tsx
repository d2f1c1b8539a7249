'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ContactPicker } from '@/giving/gifts/ui/contact-picker'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { useToast } from '@/ui/toast'
import type { ShownContact } from '../schema'

/** The same person, household or organisation is here twice: the other record is taken in. */
export function MergeDialog({ contact, onClose }: { contact: ShownContact; onClose: () => void }) {
  const t = useTranslations('contacts')
  const errors = useTranslations('errors')
  const [trpc, client, toast] = [useTRPC(), useQueryClient(), useToast()]
  const [other, setOther] = useState<{ id: string; name: string } | null>(null)
  const [error, setError] = useState<string>()
  const merge = useMutation(
    trpc.contacts.merge.mutationOptions({
      meta: { quiet: true },
      onError: (refusal) => setError(refusal.message),
      onSuccess: () => {
        toast.done(t('done.merged', { name: other?.name ?? '' }))
        onClose()
        // Not only the contact: its gifts, pledges and tasks are others now.
        return client.invalidateQueries()
      },
    }),
  )
  function save() {
    if (other === null) return setError(errors('contact.mergeNobody'))
    merge.mutate({ id: contact.id, version: contact.version, otherId: other.id })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title', { name: contact.displayName })}
      description={t('merge.description')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('merge.cancel')}</Button>
          <Button type="submit" variant="danger" busy={merge.isPending}>
            {t('merge.confirm')}
          </Button>
        </>
      }
    >
      <Field label={t('merge.other')} error={error}>
        <ContactPicker value={other} onChange={setOther} />
      </Field>
    </Dialog>
  )
}
