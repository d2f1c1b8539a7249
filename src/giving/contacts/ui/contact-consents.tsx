'use client'

import { Check, Plus, X } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { late } from '@/ui/late'
import type { ShownContact } from '../schema'

const ConsentDialog = late(() => import('./consent-dialog').then((module) => module.ConsentDialog))

type ConsentsProps = { contact: ShownContact; canWrite: boolean }

/** What they allowed and refused, by channel, with when and where. */
export function ContactConsents({ contact, canWrite }: ConsentsProps) {
  const t = useTranslations('contacts')
  const [asking, setAsking] = useState(false)
  return (
    <Card
      title={t('part.consents')}
      actions={
        canWrite && (
          <Button size="small" variant="ghost" icon={<Plus aria-hidden />} onClick={() => setAsking(true)}>
            {t('consent.add')}
          </Button>
        )
      }
    >
      {contact.consents.length === 0 && <p className="text-ink-3 text-table">{t('consent.none')}</p>}
      <ul className="flex flex-col gap-1 text-table">
        {contact.consents.map((consent) => (
          <ConsentLine key={consent.channel} consent={consent} />
        ))}
      </ul>
      {asking && <ConsentDialog id={contact.id} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function ConsentLine({ consent }: { consent: ShownContact['consents'][number] }) {
  const t = useTranslations('contacts.consent')
  const format = useFormatter()
  const { channel, granted, decidedOn, source } = consent
  const date = format.dateTime(new Date(`${decidedOn}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  const Icon = granted ? Check : X
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={granted ? 'mt-0.5 size-4 text-good' : 'mt-0.5 size-4 text-bad'} />
      <span className="min-w-0">
        <span className="font-medium">{t(channel)}</span>{' '}
        <span className="wrap-anywhere text-ink-2">
          {t('fact', { decision: t(granted ? 'granted' : 'refused'), date, source })}
        </span>
      </span>
    </li>
  )
}
