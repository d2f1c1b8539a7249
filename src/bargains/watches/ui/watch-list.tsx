'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { fold } from '@/kernel/text'
import { useTRPC } from '@/trpc/client'
import { DataTable } from '@/ui/data-table'
import { late } from '@/ui/late'
import { PageHeader } from '@/ui/page-header'
import { SearchField } from '@/ui/search-field'
import { Segmented } from '@/ui/segmented'
import { useAddress } from '@/ui/use-address'
import { useLiveBargains } from './use-live-bargains'
import { useScanNow } from './use-scan-now'
import { useWatchActions } from './use-watch-actions'
import { useWatchColumns } from './watch-columns'
import { NoneFit, NoWatches } from './watch-list-empty'
import { SHOWN, type Shown, watchListParams } from './watch-list-params'
import { WatchMenu } from './watch-menu'
import { needsSomebody, watchState } from './watch-status'
import type { WatchRow } from './watch-view'

const RenameDialog = late(() => import('./rename-dialog').then((module) => module.RenameDialog))

const NONE: readonly WatchRow[] = []

/** All watches of the workspace: how each stands, and what it found. */
export function WatchList({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('watches')
  const router = useRouter()
  const trpc = useTRPC()
  const list = useQuery(trpc.watches.list.queryOptions())
  useLiveBargains()
  const [params, setParams] = useAddress(watchListParams)
  const [renaming, setRenaming] = useState<WatchRow | null>(null)
  const all: readonly WatchRow[] = list.data ?? NONE
  const rows = useMemo(() => all.filter((row) => isShown(row, params.show) && fits(row, params.q)), [all, params])
  const { scan, isScanning } = useScanNow(all)
  const columns = useWatchColumns(isScanning)
  const actions = useWatchActions()
  const toggle = (row: WatchRow) => (row.pausedAt ? actions.resume(row) : actions.pause(row))
  const trouble = all.filter((row) => needsSomebody(watchState(row))).length

  return (
    <>
      <PageHeader
        title={t('title')}
        summary={all.length > 0 ? t('summary', { count: all.length, trouble }) : undefined}
      >
        {all.length > 0 && (
          <div className="flex flex-wrap items-center gap-2">
            <SearchField label={t('search')} value={params.q} onChange={(q) => setParams({ q })} />
            <div className="max-w-full overflow-x-auto">
              <Segmented
                label={t('show.label')}
                value={params.show}
                onChange={(show) => setParams({ show })}
                options={SHOWN.map((value) => ({ value, label: t(`show.${value}`) }))}
              />
            </div>
          </div>
        )}
      </PageHeader>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        state={list.isPending ? 'loading' : list.isError && !list.data ? 'error' : 'ready'}
        onRetry={() => list.refetch()}
        rowHref={(row) => `/watches/${row.id}`}
        isMuted={(row) => row.pausedAt !== null}
        sort={params.sort}
        onSortChange={(sort) => setParams({ sort })}
        rowKeys={
          canWrite
            ? {
                s: (row) => row.pausedAt === null && scan(row),
                p: toggle,
                r: setRenaming,
                e: (row) => router.push(`/watches/${row.id}/edit`),
                delete: actions.remove,
              }
            : undefined
        }
        rowMenu={
          canWrite
            ? (row) => (
                <WatchMenu
                  watch={row}
                  onScan={() => scan(row)}
                  onPause={() => actions.pause(row)}
                  onResume={() => actions.resume(row)}
                  onRename={() => setRenaming(row)}
                  onDelete={() => actions.remove(row)}
                />
              )
            : undefined
        }
        empty={all.length === 0 ? <NoWatches canWrite={canWrite} /> : <NoneFit onClear={() => setParams(null)} />}
      />
      {renaming && (
        <RenameDialog
          name={renaming.name}
          onRename={(name) => actions.rename(renaming, name)}
          onClose={() => setRenaming(null)}
        />
      )}
    </>
  )
}

function isShown(row: WatchRow, show: Shown): boolean {
  const state = watchState(row)
  switch (show) {
    case 'all':
      return true
    case 'paused':
      return state === 'paused'
    case 'trouble':
      return needsSomebody(state)
    case 'running':
      return state !== 'paused'
  }
}

function fits(row: WatchRow, query: string): boolean {
  const wanted = fold(query)
  return fold(`${row.name} ${row.searches.map((search) => search.sourceName).join(' ')}`).includes(wanted)
}
