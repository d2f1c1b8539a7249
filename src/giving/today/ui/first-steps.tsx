'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { LinkButton } from '@/ui/link-button'
import type { ShownToday } from '../schema'

/** What to do first, until there is a contact and a gift. */
export function FirstSteps({ begun }: { begun: ShownToday['begun'] }) {
  const t = useTranslations('today.first')
  if (begun.contacts && begun.gifts) return null
  return (
    <Card title={t('title')} hint={t('hint')}>
      <ol className="flex flex-col gap-3">
        <Step done={begun.contacts} text={t('contact')} href="/contacts/new" action={t('addContact')} />
        <Step done={begun.gifts} text={t('gift')} href="/gifts/new" action={t('addGift')} />
      </ol>
    </Card>
  )
}

type StepProps = { done: boolean; text: string; href: string; action: string }

function Step({ done, text, href, action }: StepProps) {
  const t = useTranslations('today.first')
  return (
    <li className="flex flex-wrap items-center justify-between gap-2">
      <span className={done ? 'text-ink-3' : undefined}>{text}</span>
      {done ? (
        <span className="inline-flex items-center gap-1 text-good-ink">
          <Check aria-hidden className="size-4" /> {t('done')}
        </span>
      ) : (
        <LinkButton href={href}>{action}</LinkButton>
      )}
    </li>
  )
}
