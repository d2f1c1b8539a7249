'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useDeliveryColumns } from '@/notifications/deliveries/ui/delivery-columns'
import { useTRPC } from '@/trpc/client'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { MoreRows } from '@/ui/more-rows'

/** What this watch has told, to whom, and what came of it. */
export function WatchLog({ id }: { id: string }) {
  const t = useTranslations('watches.log')
  const trpc = useTRPC()
  const client = useQueryClient()
  const log = useInfiniteQuery(
    trpc.deliveries.list.infiniteQueryOptions({ watchId: id }, { getNextPageParam: (page) => page.nextCursor }),
  )
  useSubscription(
    trpc.deliveries.changes.subscriptionOptions(undefined, {
      onData: () => void client.invalidateQueries(trpc.deliveries.list.infiniteQueryFilter({ watchId: id })),
    }),
  )
  const columns = useDeliveryColumns()
  const rows = useMemo(() => log.data?.pages.flatMap((page) => page.deliveries) ?? [], [log.data])
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.what}
      density="photo"
      state={log.isPending ? 'loading' : log.isError && !log.data ? 'error' : 'ready'}
      onRetry={() => log.refetch()}
      empty={<EmptyState title={t('none')} description={t('noneWhy')} />}
      footer={<MoreRows query={log} label={t('more')} />}
    />
  )
}
