'use client'

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { RotateCcw, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { PageHeader } from '@/ui/page-header'
import { useToast } from '@/ui/toast'
import { useAddress } from '@/ui/use-address'
import type { ListedDelivery } from '../schema'
import { useDeliveryColumns } from './delivery-columns'
import { DeliveryFilters } from './delivery-filters'
import { deliveryParams } from './delivery-params'

/** What was told, to whom, and what came of it: newest first, live. */
export function DeliveryLog({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('deliveries')
  const [params, setParams] = useAddress(deliveryParams)
  const log = useDeliveries(params)
  const columns = useDeliveryColumns()
  const retry = useRetry()
  const filtered = Object.values(params).some((value) => value !== null)
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')}>
        <DeliveryFilters params={params} onChange={setParams} />
      </PageHeader>
      <DataTable
        label={t('list')}
        columns={columns}
        rows={log.rows}
        rowId={(row) => row.id}
        rowName={(row) => row.what}
        density="photo"
        state={log.state}
        onRetry={log.refetch}
        rowActions={
          canWrite
            ? (row) =>
                isRetryable(row) && (
                  <Button size="small" icon={<RotateCcw aria-hidden />} onClick={() => retry(row.id)}>
                    {t('retry')}
                  </Button>
                )
            : undefined
        }
        empty={
          filtered ? (
            <EmptyState title={t('noneFit')} action={<Button onClick={() => setParams(null)}>{t('clear')}</Button>} />
          ) : (
            <EmptyState icon={<Send aria-hidden />} title={t('empty')} description={t('emptyHint')} />
          )
        }
        footer={
          log.more && (
            <Button size="small" busy={log.loadingMore} onClick={log.loadMore}>
              {t('more')}
            </Button>
          )
        }
      />
    </>
  )
}

function isRetryable(row: ListedDelivery): boolean {
  return row.state === 'failed' || row.state === 'skipped'
}

type Params = { state: ListedDelivery['state'] | null; channel: string | null; watch: string | null }

function useDeliveries({ state, channel, watch }: Params) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const filter = { state: state ?? undefined, channelId: channel ?? undefined, watchId: watch ?? undefined }
  const log = useInfiniteQuery(
    trpc.deliveries.list.infiniteQueryOptions(filter, { getNextPageParam: (page) => page.nextCursor }),
  )
  useSubscription(
    trpc.deliveries.changes.subscriptionOptions(undefined, {
      onData: () => void queries.invalidateQueries(trpc.deliveries.list.infiniteQueryFilter()),
    }),
  )
  const rows = useMemo(() => log.data?.pages.flatMap((page) => page.deliveries) ?? [], [log.data])
  return {
    rows,
    state: log.isPending ? ('loading' as const) : log.isError && !log.data ? ('error' as const) : ('ready' as const),
    refetch: () => void log.refetch(),
    more: log.hasNextPage,
    loadingMore: log.isFetchingNextPage,
    loadMore: () => void log.fetchNextPage(),
  }
}

function useRetry(): (id: string) => void {
  const t = useTranslations('deliveries')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const retry = useMutation(
    trpc.deliveries.retry.mutationOptions({
      onSuccess: () => toast.done(t('retried')),
      onSettled: () => queries.invalidateQueries(trpc.deliveries.list.infiniteQueryFilter()),
    }),
  )
  return (id) => retry.mutate({ id })
}
