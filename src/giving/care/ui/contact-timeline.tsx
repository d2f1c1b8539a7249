'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import type { TimelineEvent } from '../schema'
import { LogTouch } from './log-touch'
import { useEventText } from './use-event-text'

/** All that happened with a contact, newest first, with a box on top to log what just did. */
export function ContactTimeline({ contactId, canWrite = true }: { contactId: string; canWrite?: boolean }) {
  const t = useTranslations('care.timeline')
  const timeline = useTimeline(contactId)
  const events = timeline.data?.pages.flatMap((page) => page.events) ?? []
  return (
    <Card title={t('title')} flush>
      {canWrite && <LogTouch contactId={contactId} />}
      {timeline.isPending && <Skeleton className="m-4 h-24" />}
      {timeline.isError && !timeline.data && <ErrorState onRetry={() => timeline.refetch()} />}
      {timeline.data && events.length === 0 && <EmptyState title={t('empty')} />}
      <ol className="divide-y divide-line border-line border-t">
        {events.map((event) => (
          <Entry key={`${event.kind}:${event.id}`} event={event} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <div className="p-3">
          <Button size="small" busy={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Entry({ event }: { event: TimelineEvent }) {
  const t = useTranslations('care.timeline')
  const text = useEventText()(event)
  const { amount, currency, at, who, kind } = event
  const note = kind === 'touch' || kind === 'gift' || kind === 'refund' ? event.text : ''
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2">
      <span className="font-medium">{text}</span>
      {amount !== null && currency !== null && <Money value={{ amount, currency }} />}
      <span className="ml-auto text-ink-3 text-meta">
        <DateTime value={at} />
        {who && ` · ${t('by', { name: who })}`}
      </span>
      {note && <p className="w-full whitespace-pre-wrap break-words text-ink-2">{note}</p>}
    </li>
  )
}

function useTimeline(contactId: string) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  useSubscription(
    trpc.care.changes.subscriptionOptions(undefined, {
      onData: () => void queries.invalidateQueries(trpc.care.timeline.infiniteQueryFilter()),
    }),
  )
  return useInfiniteQuery(
    trpc.care.timeline.infiniteQueryOptions({ contactId }, { getNextPageParam: (page) => page.nextCursor }),
  )
}
