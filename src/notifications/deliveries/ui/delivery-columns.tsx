'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { ChannelIcon } from '../../channels/ui/channel-icon'
import type { ListedDelivery } from '../schema'
import { DeliveryStateCell } from './delivery-state'

export function useDeliveryColumns(): readonly Column<ListedDelivery>[] {
  const t = useTranslations('deliveries.columns')
  return useMemo(
    () => [
      { id: 'what', header: t('what'), cell: (row) => <What delivery={row} />, phone: 'title' },
      { id: 'channel', header: t('channel'), width: '200px', cell: ({ channel }) => <To channel={channel} /> },
      { id: 'state', header: t('state'), width: '280px', cell: (row) => <DeliveryStateCell delivery={row} /> },
      {
        id: 'attempts',
        header: t('attempts'),
        width: '72px',
        align: 'end',
        hideBelow: 'lg',
        phone: 'hidden',
        cell: (row) => row.attempts,
      },
      {
        id: 'when',
        header: t('when'),
        width: '120px',
        align: 'end',
        phone: 'aside',
        cell: (row) => <DateTime value={row.sentAt ?? row.createdAt} />,
      },
    ],
    [t],
  )
}

function What({ delivery }: { delivery: ListedDelivery }) {
  if (!delivery.watchId) return <span className="break-words">{delivery.what}</span>
  return (
    <Link href={`/watches/${delivery.watchId}`} className="break-words hover:underline">
      {delivery.what}
    </Link>
  )
}

function To({ channel }: { channel: ListedDelivery['channel'] }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <ChannelIcon kind={channel.kind} />
      <span className="truncate">{channel.name}</span>
    </span>
  )
}
