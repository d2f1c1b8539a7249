'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { Money } from '@/ui/money'
import type { InstalmentPage } from '../../pledges/schema'

type Row = InstalmentPage['instalments'][number]

type ExpectedProps = { from: string; to: string; currency: string; whose: 'mine' | 'all' }

/** The open instalments of some days, the first due first. */
export function ExpectedList({ from, to, currency, whose }: ExpectedProps) {
  const t = useTranslations('today.expected')
  const columns = useColumns()
  const list = useInfiniteQuery(
    useTRPC().pledges.instalments.infiniteQueryOptions(
      { from, to, currency, whose, show: 'open' },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const rows = list.data?.pages.flatMap((page) => page.instalments) ?? []
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.contactName}
      rowHref={(row) => `/pledges/${row.pledgeId}`}
      state={list.isPending ? 'loading' : list.data ? 'ready' : 'error'}
      onRetry={() => list.refetch()}
      empty={<EmptyState title={t('empty')} />}
      footer={
        list.hasNextPage && (
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t('more')}
          </Button>
        )
      }
    />
  )
}

function useColumns(): Column<Row>[] {
  const t = useTranslations('today.expected')
  return [
    { id: 'who', header: t('who'), cell: (row) => row.contactName, phone: 'title' },
    {
      id: 'due',
      header: t('due'),
      cell: (row) => <DateTime value={new Date(`${row.dueOn}T12:00:00Z`)} show="date" />,
      phone: 'line',
    },
    {
      id: 'open',
      header: t('open'),
      align: 'end',
      cell: ({ open, currency }) => <Money value={{ amount: open, currency }} />,
      phone: 'aside',
    },
  ]
}
