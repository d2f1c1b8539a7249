'use client'

import { TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { StatusDot } from '@/ui/status-dot'
import type { ListedDelivery } from '../schema'
import { useReason } from './use-reason'

const looks = {
  pending: { tone: 'info', shape: 'half' },
  sending: { tone: 'info', shape: 'half' },
  sent: { tone: 'good', shape: 'full' },
  failed: { tone: 'bad', shape: 'triangle' },
  skipped: { tone: 'neutral', shape: 'ring' },
} as const

/** The state's word, and under it why, in ours and in the provider's words. */
export function DeliveryStateCell({ delivery }: { delivery: ListedDelivery }) {
  const t = useTranslations('deliveries')
  const [reason, format] = [useReason(), useFormatter()]
  const { state, detail, nextTryAt, uncertain } = delivery
  const next = nextTryAt && delivery.attempts > 0 ? format.dateTime(new Date(nextTryAt), { timeStyle: 'short' }) : null
  return (
    <div className="min-w-0">
      <StatusDot {...looks[state]} label={t(`states.${state}`)} />
      {delivery.reason && (
        <p className="text-ink-2 text-meta" title={detail ?? undefined}>
          {reason(delivery.reason)}
          {next && ` · ${t('next', { time: next })}`}
        </p>
      )}
      {uncertain && (
        <p className="flex items-center gap-1 text-meta text-warn-ink">
          <TriangleAlert aria-hidden className="size-3 shrink-0" />
          {t('uncertain')}
        </p>
      )}
    </div>
  )
}
