'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { StatusDot } from '@/ui/status-dot'
import { functionHref, runHref, shortName } from './job-names'
import type { EventRow } from './job-types'
import { RunStateDot } from './run-state'
import { Fold, ShownJson } from './shown-json'
import { useSkipped } from './use-why'

const POLL_MS = 5000

/** What was sent, newest first, with what it holds and the runs that it began. */
export function EventList() {
  const t = useTranslations('jobs')
  const list = useInfiniteQuery(
    useTRPC().jobs.events.infiniteQueryOptions(
      {},
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: POLL_MS },
    ),
  )
  const events = useMemo(() => list.data?.pages.flatMap((page) => page.events) ?? [], [list.data])
  if (list.isPending) return <Skeleton className="h-64 w-full" />
  if (list.isError && !list.data) return <ErrorState onRetry={() => void list.refetch()} />
  if (events.length === 0) {
    return <EmptyState icon={<Zap aria-hidden />} title={t('noEvents')} description={t('noEventsHint')} />
  }
  return (
    <>
      <ul aria-label={t('tabs.events')} className="divide-y divide-line border-line border-t border-b">
        {events.map((event) => (
          <li key={event.id} className="flex min-w-0 flex-col gap-1 py-2.5">
            <EventFacts event={event} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="flex justify-center py-4">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </>
  )
}

function EventFacts({ event }: { event: EventRow }) {
  const t = useTranslations('jobs.events')
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 break-words font-medium">{event.name}</span>
        <span className="text-ink-3 text-table">
          <DateTime value={event.receivedAt} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-table">
        {event.runs.map((run) => (
          <Begun key={run.id} run={run} />
        ))}
        {event.moreRuns > 0 && <span className="text-ink-3">{t('more', { count: event.moreRuns })}</span>}
        {event.held.map((held) => (
          <Held key={held.functionId} held={held} />
        ))}
        {event.runs.length + event.held.length === 0 && !event.error && (
          <span className="text-ink-3">{event.isRouted ? t('none') : t('notYet')}</span>
        )}
        {event.error && (
          <StatusDot
            tone="bad"
            shape="triangle"
            label={t('refused', { error: event.error })}
            className="min-w-0 break-words text-bad-ink"
          />
        )}
      </div>
      {event.payload && (
        <Fold label={t('payload')}>
          <ShownJson value={event.payload} whole={{ of: 'event', event: event.id }} />
        </Fold>
      )}
    </>
  )
}

/** A debounce keeps it: it begins a run when nothing more has come for a while. */
function Held({ held }: { held: EventRow['held'][number] }) {
  const t = useTranslations('jobs.events')
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <Link
        href={functionHref(held.functionId)}
        className="inline-flex min-h-6 items-center text-wheat-ink hover:underline"
      >
        {shortName(held.functionId)}
      </Link>
      <span className="text-ink-3">
        {t('held')} <DateTime value={held.dueAt} show="dateTime" />
      </span>
    </span>
  )
}

function Begun({ run }: { run: EventRow['runs'][number] }) {
  const why = useSkipped()(run.reason)
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <Link href={runHref(run.id)} className="inline-flex min-h-6 items-center text-wheat-ink hover:underline">
        {shortName(run.functionId)}
      </Link>
      <span className="text-ink-2">
        <RunStateDot state={run.state} />
      </span>
      {why && <span className="text-ink-3">{why}</span>}
    </span>
  )
}
