'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { useToast } from '@/ui/toast'
import type { ShownGift } from '../schema'
import { ContactPicker } from './contact-picker'
import { useToldTakenBack } from './use-gift-actions'
import { useRefreshGifts } from './use-gift-list'

/** It was somebody else's. */
export function ReassignDialog({ gift, onClose }: { gift: ShownGift; onClose: () => void }) {
  const t = useTranslations('gifts')
  const required = useTranslations('errors')('gift.noContact')
  const [trpc, toast, refresh, told] = [useTRPC(), useToast(), useRefreshGifts(), useToldTakenBack()]
  const [contact, setContact] = useState<{ id: string; name: string } | null>(null)
  const [error, setError] = useState<string>()
  const reassign = useMutation(
    trpc.gifts.reassign.mutationOptions({
      meta: { quiet: true },
      onError: (refusal) => setError(refusal.message),
      onSuccess: (changed) => {
        toast.done(t('done.reassigned', { name: contact?.name ?? '' }), { description: told(changed) })
        onClose()
        return refresh()
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('reassign.title')}
      description={t('reassign.description')}
      onSubmit={(event) => {
        event.preventDefault()
        if (contact) reassign.mutate({ id: gift.id, version: gift.version, contactId: contact.id })
        else setError(required)
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" variant="primary" busy={reassign.isPending}>
            {t('reassign.confirm')}
          </Button>
        </>
      }
    >
      <Field label={t('column.contact')} error={error}>
        <ContactPicker value={contact} onChange={setContact} />
      </Field>
    </Dialog>
  )
}
