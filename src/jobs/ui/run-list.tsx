'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { late } from '@/ui/late'
import { useAddress } from '@/ui/use-address'
import { useEver } from '@/ui/use-late'
import { shortName } from './job-names'
import { jobParams } from './job-params'
import type { RunRow } from './job-types'
import { useRunColumns } from './run-columns'
import { RunFilters } from './run-filters'

const RunPanel = late(() => import('./run-panel').then((module) => module.RunPanel))

/** Runs, newest first, with the open one beside them; filter and the open one stand in the address. */
export function RunList() {
  const t = useTranslations('jobs')
  const [params, setParams] = useAddress(jobParams)
  const list = useRuns(params)
  const functions = useQuery(useTRPC().jobs.functions.queryOptions())
  const columns = useRunColumns()
  const everOpen = useEver(params.run !== null)
  const filtered = params.state !== null || params.function !== null
  const open = (run: string | null) => setParams({ run })
  return (
    <>
      <div className="mb-2">
        <RunFilters
          params={params}
          functions={functions.data?.map(({ id }) => id) ?? []}
          onChange={(chosen) => setParams({ ...chosen, run: null })}
        />
      </div>
      <DataTable
        label={t('tabs.runs')}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        rowName={(row) => shortName(row.functionId)}
        state={list.state}
        onRetry={list.refetch}
        onOpen={(row) => open(row.id)}
        openId={params.run}
        empty={filtered ? <NoneFit onClear={() => setParams({ state: null, function: null })} /> : <NoRuns />}
        footer={
          list.more && (
            <div className="flex justify-center py-4">
              <Button busy={list.loadingMore} onClick={list.loadMore}>
                {t('older')}
              </Button>
            </div>
          )
        }
      />
      {everOpen && <RunPanel id={params.run} rows={list.rows} onOpen={open} />}
    </>
  )
}

function NoneFit({ onClear }: { onClear: () => void }) {
  const t = useTranslations('jobs')
  return <EmptyState title={t('noneFit')} action={<Button onClick={onClear}>{t('clear')}</Button>} />
}

function NoRuns() {
  const t = useTranslations('jobs')
  return <EmptyState icon={<Workflow aria-hidden />} title={t('noRuns')} description={t('noRunsHint')} />
}

/** Runs change within moments and by whatever process: asked again while the page is looked at. */
const POLL_MS = 3000

function useRuns({ state, function: id }: { state: RunRow['state'] | null; function: string | null }) {
  const trpc = useTRPC()
  const filter = { state: state ?? undefined, function: id ?? undefined }
  const list = useInfiniteQuery(
    trpc.jobs.runs.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: POLL_MS,
    }),
  )
  const rows = useMemo(() => uniqueRuns(list.data?.pages.flatMap((page) => page.runs) ?? []), [list.data])
  return {
    rows,
    state: list.isPending ? ('loading' as const) : list.isError && !list.data ? ('error' as const) : ('ready' as const),
    refetch: () => void list.refetch(),
    more: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
  }
}

/** A run that ended between two pages' answers may stand in both. */
function uniqueRuns(runs: readonly RunRow[]): RunRow[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()]
}
