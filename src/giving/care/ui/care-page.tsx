'use client'

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { HeartHandshake } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { Menu } from '@/ui/menu'
import { PageHeader } from '@/ui/page-header'
import { Segmented } from '@/ui/segmented'
import { Tabs } from '@/ui/tabs'
import { useAddress } from '@/ui/use-address'
import { CARE_LISTS, type CareList } from '../rules-lists'
import type { CareRow } from '../schema'
import { useCareColumns } from './care-columns'
import { careParams } from './care-params'
import { type CareActions, type PatchRow, useCareActions } from './use-care-actions'

/** `seesAll`: the reader's role sees every contact, so that "mine" is a choice. */
type Props = { readonly canWrite: boolean; readonly seesAll: boolean; readonly checkHour: number }

/** Late, at risk, to thank, birthdays, not contacted: whom to turn to, and the buttons that do it. */
export function CarePage({ canWrite, seesAll, checkHour }: Props) {
  const t = useTranslations('care')
  const [{ show, whose }, change] = useAddress(careParams)
  const list = useCareList(show, whose)
  const columns = useCareColumns(show)
  const actions = useCareActions(list.patch)
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')}>
        {seesAll && (
          <Segmented
            label={t('whose')}
            options={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('all') },
            ]}
            value={whose}
            onChange={(value) => change({ whose: value })}
          />
        )}
        <CareTabs show={show} whose={whose} />
      </PageHeader>
      <DataTable
        label={t('list')}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.pledgeId ?? row.contactId}
        rowName={(row) => row.name}
        rowHref={(row) => `/contacts/${row.contactId}`}
        state={list.state}
        onRetry={list.refetch}
        rowActions={canWrite ? (row) => <RowActions row={row} show={show} actions={actions} /> : undefined}
        rowMenu={canWrite && show === 'late' ? (row) => <RowMenu row={row} actions={actions} /> : undefined}
        rowKeys={canWrite ? { d: actions.called, r: actions.remind } : undefined}
        empty={
          <EmptyState
            icon={<HeartHandshake aria-hidden />}
            title={t(`empty.${show}`)}
            description={t('emptyHint', { hour: String(checkHour).padStart(2, '0') })}
          />
        }
        footer={
          list.more && (
            <Button size="small" busy={list.loadingMore} onClick={list.loadMore}>
              {t('more')}
            </Button>
          )
        }
      />
    </>
  )
}

/** Two at most: on a phone they always stand there. */
function RowActions({ row, show, actions }: { row: CareRow; show: CareList; actions: CareActions }) {
  const t = useTranslations('care')
  return (
    <>
      {show === 'thanks' && (
        <Button size="small" onClick={() => actions.thanked(row)}>
          {t('thanked')}
        </Button>
      )}
      <Button size="small" onClick={() => actions.called(row)}>
        {t('called')}
      </Button>
      {show !== 'thanks' && (
        <Button size="small" onClick={() => actions.remind(row)}>
          {t('remind')}
        </Button>
      )}
    </>
  )
}

/** What is done rarely. */
function RowMenu({ row, actions }: { row: CareRow; actions: CareActions }) {
  const t = useTranslations('care')
  return (
    <Menu
      label={t('actions', { name: row.name })}
      items={[{ label: t('pause'), onSelect: () => actions.pause(row) }]}
    />
  )
}

type Whose = 'mine' | 'all'

function CareTabs({ show, whose }: { show: CareList; whose: Whose }) {
  const t = useTranslations('care')
  const { data: counts } = useQuery(useTRPC().care.counts.queryOptions({ whose }))
  const own = whose === 'all' ? '&whose=all' : ''
  const tabs = CARE_LISTS.map((id) => ({ id, label: t(id), href: `/care?show=${id}${own}`, count: counts?.[id] }))
  return <Tabs label={t('lists')} tabs={tabs} current={show} />
}

const PAGE = 50

function useCareList(show: CareList, whose: Whose) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const queryKey = [...trpc.care.list.pathKey(), show, whose]
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      queries.fetchQuery({
        ...trpc.care.list.queryOptions({ show, whose, offset: pageParam, limit: PAGE }),
        staleTime: 0,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * PAGE < last.total ? pages.length * PAGE : null),
  })
  useSubscription(
    trpc.care.changes.subscriptionOptions(undefined, {
      onData: () => void queries.invalidateQueries(trpc.care.pathFilter()),
    }),
  )
  type Pages = NonNullable<typeof list.data>
  const patch: PatchRow = (row, change) => {
    const before = queries.getQueryData<Pages>(queryKey)
    const changed = (one: CareRow) => (isSame(one, row) ? (change ? [{ ...one, ...change }] : []) : [one])
    queries.setQueryData<Pages>(
      queryKey,
      (now) => now && { ...now, pages: now.pages.map((page) => ({ ...page, rows: page.rows.flatMap(changed) })) },
    )
    return () => queries.setQueryData(queryKey, before)
  }
  return {
    patch,
    rows: list.data?.pages.flatMap(({ rows }) => rows) ?? [],
    state: list.isPending ? ('loading' as const) : list.isError && !list.data ? ('error' as const) : ('ready' as const),
    refetch: () => void list.refetch(),
    more: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
  }
}

function isSame(one: CareRow, other: CareRow): boolean {
  return one.contactId === other.contactId && one.pledgeId === other.pledgeId
}
