'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DateTime } from '@/ui/date-time'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { usePlainDay } from '../../gifts/ui/plain-day'
import type { PledgeAlerts as Alerts } from '../schema'
import { AlertEpisode } from './alert-episode'

/** Why an alert about this pledge was or was not sent: each instalment that is due, then what was told so far. */
export function PledgeAlerts({ pledgeId }: { pledgeId: string }) {
  const t = useTranslations('care.alerts')
  const { data, isError, refetch } = useAlerts(pledgeId)
  return (
    <Card title={t('title')} hint={data && t('hint', { days: data.graceDays })}>
      {isError && !data && <ErrorState onRetry={() => refetch()} />}
      {!data && !isError && <Skeleton className="h-16 w-full" />}
      {data && <Standing alerts={data} />}
      {data && data.episodes.length > 0 && (
        <ol className="mt-3 flex flex-col gap-3 border-line border-t pt-3">
          {data.episodes.map((episode) => (
            <AlertEpisode key={episode.id} episode={episode} />
          ))}
        </ol>
      )}
    </Card>
  )
}

function useAlerts(pledgeId: string) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const renew = () => void queries.invalidateQueries(trpc.care.alerts.queryFilter({ pledgeId }))
  useSubscription(trpc.care.changes.subscriptionOptions(undefined, { onData: renew }))
  return useQuery(trpc.care.alerts.queryOptions({ pledgeId }))
}

const SHOWN = 5

function Standing({ alerts }: { alerts: Alerts }) {
  const t = useTranslations('care.alerts')
  const [all, setAll] = useState(false)
  const { instalments } = alerts
  if (instalments.length === 0) return <p className="text-ink-2 text-table">{t('nothingDue')}</p>
  const hidden = all ? 0 : Math.max(0, instalments.length - SHOWN)
  return (
    <ul className="flex flex-col gap-2 text-table">
      {instalments.slice(0, instalments.length - hidden).map((one) => (
        <Verdict key={one.dueOn} instalment={one} alerts={alerts} />
      ))}
      {hidden > 0 && (
        <li>
          <Button size="small" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </Button>
        </li>
      )}
    </ul>
  )
}

type VerdictProps = { instalment: Alerts['instalments'][number]; alerts: Alerts }

function Verdict({ instalment: { dueOn, verdict, until, daysLate }, alerts }: VerdictProps) {
  const [t, day] = [useTranslations('care.alerts'), usePlainDay()]
  const { readers, nextCheckOn, checkHour, episodes } = alerts
  const told = episodes[0]?.tellings.at(-1)?.at
  const values = {
    until: until === null ? '' : day(until),
    names: readers.join(', '),
    check: day(nextCheckOn),
    hour: String(checkHour).padStart(2, '0'),
  }
  const key = verdict === 'paused' && until === null ? 'pausedOpen' : verdict
  return (
    <li>
      <span className="font-medium">{t('due', { date: day(dueOn), days: daysLate })}</span>{' '}
      <span className="text-ink-2">
        {t(`verdicts.${key}`, values)} {verdict === 'told' && told && <DateTime value={told} show="dateTime" />}
      </span>
    </li>
  )
}
