'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { ListTodo, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { late } from '@/ui/late'
import { PageHeader } from '@/ui/page-header'
import { Segmented } from '@/ui/segmented'
import { useAddress } from '@/ui/use-address'
import type { ListedTask } from '../schema'
import { useTaskColumns } from './task-columns'
import { taskParams } from './task-params'
import { useTaskActions } from './use-task-actions'

const TaskDialog = late(() => import('./task-dialog').then((module) => module.TaskDialog))

/** What is to be done, the most urgent first; E is done, D in three days. */
export function TaskList({ canWrite, timeZone }: { canWrite: boolean; timeZone: string }) {
  const t = useTranslations('tasks')
  const [params, change] = useAddress(taskParams)
  const list = useTasks(params)
  const columns = useTaskColumns()
  const actions = useTaskActions()
  const [edited, setEdited] = useState<ListedTask | 'new' | null>(null)
  const add = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEdited('new')}>
      {t('new')}
    </Button>
  )
  const done = params.show === 'done'
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')} actions={add}>
        <TaskFilters params={params} change={change} />
      </PageHeader>
      <DataTable
        label={t('list')}
        columns={columns}
        rows={list.rows}
        rowId={(task) => task.id}
        rowName={(task) => task.title}
        onOpen={canWrite ? setEdited : undefined}
        state={list.state}
        onRetry={list.refetch}
        rowActions={canWrite ? (task) => <RowActions task={task} actions={actions} /> : undefined}
        rowKeys={canWrite && !done ? { e: actions.complete, d: actions.snooze } : undefined}
        empty={
          <EmptyState
            icon={<ListTodo aria-hidden />}
            title={t(done ? 'noneDone' : 'empty')}
            description={done ? undefined : t('emptyHint')}
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
      {edited && (
        <TaskDialog
          key={edited === 'new' ? 'new' : edited.id}
          task={edited === 'new' ? null : edited}
          timeZone={timeZone}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

type Params = { readonly whose: 'mine' | 'all'; readonly show: 'open' | 'due' | 'done' }

function TaskFilters({ params, change }: { params: Params; change: (part: Partial<Params>) => void }) {
  const t = useTranslations('tasks')
  const whose = (['mine', 'all'] as const).map((value) => ({ value, label: t(value) }))
  const shown = (['open', 'due', 'done'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <div className="flex flex-wrap gap-2">
      <Segmented
        label={t('whose')}
        options={whose}
        value={params.whose}
        onChange={(value) => change({ whose: value })}
      />
      <Segmented label={t('show')} options={shown} value={params.show} onChange={(show) => change({ show })} />
    </div>
  )
}

type Actions = ReturnType<typeof useTaskActions>

function RowActions({ task, actions }: { task: ListedTask; actions: Actions }) {
  const t = useTranslations('tasks')
  const buttons = task.doneAt === null ? (['complete', 'snooze'] as const) : (['reopen'] as const)
  return (
    <>
      {buttons.map((name) => (
        <Button key={name} size="small" onClick={() => actions[name](task)}>
          {t(name)}
        </Button>
      ))}
      <Button size="small" onClick={() => actions.remove(task)}>
        {t('delete')}
      </Button>
    </>
  )
}

function useTasks(params: Params) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const list = useInfiniteQuery(
    trpc.tasks.list.infiniteQueryOptions(params, { getNextPageParam: (page) => page.nextCursor }),
  )
  useSubscription(
    trpc.tasks.changes.subscriptionOptions(undefined, {
      onData: () => void queries.invalidateQueries(trpc.tasks.list.infiniteQueryFilter()),
    }),
  )
  return {
    rows: list.data?.pages.flatMap(({ tasks }) => tasks) ?? [],
    state: list.isPending ? ('loading' as const) : list.isError && !list.data ? ('error' as const) : ('ready' as const),
    refetch: () => void list.refetch(),
    more: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
  }
}
