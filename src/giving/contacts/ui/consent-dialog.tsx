'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTimeZone, useTranslations } from 'next-intl'
import { useState } from 'react'
import { todayIn } from '@/kernel/dates'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Segmented } from '@/ui/segmented'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import { CONSENT_CHANNELS, type ConsentChannel } from '../rules'

const DECISIONS = ['granted', 'refused'] as const

/** Keeps a decision with where and when it was given. */
export function ConsentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('contacts')
  const [trpc, client, toast, timeZone] = [useTRPC(), useQueryClient(), useToast(), useTimeZone()]
  const [channel, setChannel] = useState<ConsentChannel>('email')
  const [decision, setDecision] = useState<(typeof DECISIONS)[number]>('granted')
  const [source, setSource] = useState('')
  const [decidedOn, setDecidedOn] = useState(todayIn(timeZone ?? 'UTC', new Date()))
  const keeping = useMutation(
    trpc.contacts.recordConsent.mutationOptions({
      onSuccess: () => {
        toast.done(t('done.consent'))
        client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('consent.title')}
      onSubmit={(event) => {
        event.preventDefault()
        keeping.mutate({ id, channel, granted: decision === 'granted', source, decidedOn })
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('consent.cancel')}</Button>
          <Button type="submit" variant="primary" busy={keeping.isPending}>
            {t('consent.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Segmented
          label={t('consent.decision')}
          value={decision}
          onChange={setDecision}
          options={DECISIONS.map((value) => ({ value, label: t(`consent.${value}`) }))}
        />
        <Field label={t('consent.channel')}>
          <Select
            value={channel}
            onChange={setChannel}
            options={CONSENT_CHANNELS.map((value) => ({ value, label: t(`consent.${value}`) }))}
          />
        </Field>
        <Field label={t('consent.source')} hint={t('consent.sourceHint')}>
          <Input required value={source} maxLength={200} onChange={(event) => setSource(event.target.value)} />
        </Field>
        <Field label={t('consent.decidedOn')}>
          <Input type="date" required value={decidedOn} onChange={(event) => setDecidedOn(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
