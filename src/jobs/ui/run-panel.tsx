'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { ErrorState } from '@/ui/error-state'
import { SidePanel } from '@/ui/side-panel'
import { Skeleton } from '@/ui/skeleton'
import { hasEnded } from '../rules-states'
import { shortName } from './job-names'
import type { RunRow } from './job-types'
import { RunActions } from './run-actions'
import { RunRecord } from './run-record'
import { RunStateDot } from './run-state'

type RunPanelProps = {
  /** From the address; null: closed. */
  id: string | null
  /** The list beside it: for its neighbours, and to show at once what is known already. */
  rows: readonly RunRow[]
  onOpen: (id: string | null) => void
}

const POLL_MS = 2000

/** One run beside the list: what began it, its steps, what it waits for, and what can be done. */
export function RunPanel({ id, rows, onOpen }: RunPanelProps) {
  const t = useTranslations('jobs')
  const trpc = useTRPC()
  const shown = useQuery(
    trpc.jobs.run.queryOptions(
      { run: id ?? '' },
      {
        enabled: id !== null,
        retry: false,
        // Nothing happens any more in one that has ended.
        refetchInterval: ({ state }) => (state.data && hasEnded(state.data.state) ? false : POLL_MS),
      },
    ),
  )
  const row = shown.data ?? rows.find((one) => one.id === id)
  const at = rows.findIndex((one) => one.id === id)
  const [previous, next] = at < 0 ? [] : [rows[at - 1]?.id, rows[at + 1]?.id]
  return (
    <SidePanel
      open={id !== null}
      onClose={() => onOpen(null)}
      title={row ? shortName(row.functionId) : t('run')}
      subtitle={row && <RunStateDot state={row.state} />}
      onPrevious={previous ? () => onOpen(previous) : undefined}
      onNext={next ? () => onOpen(next) : undefined}
      footer={row && <RunActions run={row} onOpen={onOpen} />}
    >
      {shown.data ? (
        <RunRecord key={shown.data.id} run={shown.data} />
      ) : shown.isError ? (
        <ErrorState description={shown.error.message} onRetry={() => shown.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
    </SidePanel>
  )
}
