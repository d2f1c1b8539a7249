'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/ui/date-time'
import { StatusDot } from '@/ui/status-dot'
import { useReason } from '../../deliveries/ui/use-reason'
import type { ListedChannel } from '../schema'

/** How a channel stands, in plain words, with the reason where it does not work. */
export function ChannelStatus({ channel }: { channel: ListedChannel }) {
  const t = useTranslations('channels')
  const reason = useReason()
  const { last, offReason, offAt } = channel
  if (offReason && offAt) {
    return (
      <Sentence dot={<StatusDot tone="bad" shape="triangle" label={t('status.off')} />}>
        {reason(offReason)}, {t('since')} <DateTime value={offAt} show="dateTime" />. {t('offHelp')}
      </Sentence>
    )
  }
  if (!last) return <StatusDot tone="neutral" shape="ring" label={t('status.unused')} />
  switch (last.state) {
    case 'sent':
      return (
        <Sentence dot={<StatusDot tone="good" label={t('status.works')} />}>
          {t('last')} <DateTime value={last.at} />
        </Sentence>
      )
    case 'pending':
    case 'sending':
      return (
        <Sentence dot={<StatusDot tone="info" shape="half" label={t('status.waiting')} />}>
          {last.reason && reason(last.reason)}
        </Sentence>
      )
    case 'failed':
    case 'skipped':
      return (
        <Sentence dot={<StatusDot tone="warn" shape="triangle" label={t(`status.${last.state}`)} />}>
          {reason(last.reason)}, <DateTime value={last.at} />
        </Sentence>
      )
  }
}

function Sentence({ dot, children }: { dot: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      {dot}
      <span className="text-ink-2">{children}</span>
    </span>
  )
}
