'use client'

import { useQuery } from '@tanstack/react-query'
import { Play, Workflow } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { late } from '@/ui/late'
import { useEver } from '@/ui/use-late'
import { functionHref, runHref, shortName } from './job-names'
import type { FunctionRow } from './job-types'

const RunNowDialog = late(() => import('./run-now-dialog').then((module) => module.RunNowDialog))

const POLL_MS = 10_000

/** Every function of this release: what begins it, when it runs next, how it last ended. */
export function FunctionList() {
  const t = useTranslations('jobs')
  const trpc = useTRPC()
  const list = useQuery(trpc.jobs.functions.queryOptions(undefined, { refetchInterval: POLL_MS }))
  const { data: overview } = useQuery(trpc.jobs.overview.queryOptions())
  const [chosen, choose] = useState<FunctionRow | null>(null)
  const ever = useEver(chosen !== null)
  const columns = useFunctionColumns(overview?.mode === 'embedded' ? choose : null)
  return (
    <>
      <DataTable
        label={t('tabs.functions')}
        columns={columns}
        rows={list.data ?? []}
        rowId={(row) => row.id}
        rowName={(row) => shortName(row.id)}
        rowHref={(row) => functionHref(row.id)}
        state={list.isPending ? 'loading' : list.isError && !list.data ? 'error' : 'ready'}
        onRetry={() => void list.refetch()}
        empty={<EmptyState icon={<Workflow aria-hidden />} title={t('noFunctions')} />}
      />
      {ever && <RunNowDialog fn={chosen} onClose={() => choose(null)} />}
    </>
  )
}

/** A failure handler wants the run that failed, which nobody types. */
function isRunnable({ events, crons }: FunctionRow): boolean {
  return crons.length > 0 || events.some((name) => !name.startsWith('inngest/'))
}

/** Without `onRun` (an Inngest server is in charge) nothing can be run from here. */
function useFunctionColumns(onRun: ((row: FunctionRow) => void) | null): readonly Column<FunctionRow>[] {
  const t = useTranslations('jobs.functions')
  return useMemo(
    () => [
      { id: 'name', header: t('name'), cell: (row) => shortName(row.id), sortValue: ({ id }) => id, phone: 'title' },
      { id: 'trigger', header: t('trigger'), width: '220px', cell: (row) => <Triggers row={row} /> },
      {
        id: 'next',
        header: t('next'),
        width: '190px',
        sortValue: ({ crons }) => crons[0]?.nextAt,
        cell: (row) => <NextTick row={row} />,
      },
      {
        id: 'success',
        header: t('lastSuccess'),
        width: '140px',
        sortValue: ({ lastSuccess }) => lastSuccess?.at,
        cell: ({ lastSuccess }) => <End end={lastSuccess} label={t('lastSuccess')} />,
      },
      {
        id: 'failure',
        header: t('lastFailure'),
        width: '140px',
        sortValue: ({ lastFailure }) => lastFailure?.at,
        cell: ({ lastFailure }) => <End end={lastFailure} label={t('lastFailure')} />,
      },
      {
        id: 'run',
        header: t('run'),
        headerHidden: true,
        width: '140px',
        align: 'end',
        cell: (row) => onRun && isRunnable(row) && <RunNow onRun={() => onRun(row)} />,
      },
    ],
    [t, onRun],
  )
}

function RunNow({ onRun }: { onRun: () => void }) {
  const t = useTranslations('jobs.runNow')
  return (
    <Button size="small" icon={<Play aria-hidden />} onClick={onRun}>
      {t('action')}
    </Button>
  )
}

/** On one line, for a row of the table has no second one. */
function Triggers({ row }: { row: FunctionRow }) {
  const crons = row.crons.map(({ text }) => text)
  return (
    <span className="block truncate" title={[...crons, ...row.events].join(', ')}>
      {crons.map((text) => (
        <code key={text} className="mr-2 font-mono text-meta">
          {text}
        </code>
      ))}
      {row.events.join(', ')}
    </span>
  )
}

function NextTick({ row }: { row: FunctionRow }) {
  const t = useTranslations('jobs.functions')
  const nextAt = row.crons[0]?.nextAt
  if (!nextAt) return null
  return (
    <span>
      <span className="text-ink-3 sm:hidden">{t('next')}: </span>
      <DateTime value={nextAt} show="dateTime" />
    </span>
  )
}

/** On a phone, where a card has no heads, its own word stands in front. */
function End({ end, label }: { end: { run: string; at: string } | null; label: string }) {
  if (!end) return null
  return (
    <span>
      <span className="text-ink-3 sm:hidden">{label}: </span>
      <Link href={runHref(end.run)} className="hover:underline">
        <DateTime value={end.at} />
      </Link>
    </span>
  )
}
