'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { StatusDot } from '@/ui/status-dot'
import { useToast } from '@/ui/toast'
import type { InstallationStatus } from '../schema'
import { MailForm } from './mail-form'

type Mail = InstallationStatus['mail']

export function MailSettings({ mail }: { mail: Mail }) {
  const [t, words] = [useTranslations('channels.installation.mail'), useTranslations('channels.installation')]
  const { kind, where, from, origin } = mail
  return (
    <Card title={t('title')} hint={t('hint')}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-0.5">
          <StatusDot tone={origin ? 'good' : 'neutral'} shape={origin ? 'full' : 'ring'} label={t(kind, { where })} />
          <p className="break-words text-ink-3 text-meta">
            {t('from', { from })} {origin === 'settings' && words('stored')}
          </p>
        </div>
        {origin === 'environment' ? <p className="text-ink-2">{words('fixed')}</p> : <MailForm />}
        {origin === 'settings' && <RemoveMail />}
      </div>
    </Card>
  )
}

function RemoveMail() {
  const t = useTranslations('channels.installation.mail')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const onSuccess = () => queries.invalidateQueries(trpc.installation.status.queryFilter())
  const remove = useMutation(trpc.installation.remove.mutationOptions({ onSuccess }))
  return (
    <ConfirmDialog
      title={t('removeTitle')}
      description={t('removeText')}
      confirm={t('remove')}
      onConfirm={() => remove.mutateAsync({ what: 'mail' }).then(() => toast.done(t('removed')))}
      trigger={<Button className="self-start">{t('remove')}</Button>}
    />
  )
}
