import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { Duration, msBetween } from './duration'
import { shortName } from './job-names'
import type { RunRow } from './job-types'
import { RunStateDot } from './run-state'
import { useWhy } from './use-why'

export function useRunColumns(): readonly Column<RunRow>[] {
  const t = useTranslations('jobs.columns')
  return useMemo(
    () => [
      {
        id: 'function',
        header: t('function'),
        width: '200px',
        cell: (row) => shortName(row.functionId),
        phone: 'title',
      },
      { id: 'state', header: t('state'), width: '130px', cell: (row) => <RunStateDot state={row.state} /> },
      { id: 'why', header: t('why'), cell: (row) => <Why run={row} /> },
      { id: 'event', header: t('event'), width: '180px', hideBelow: 'lg', phone: 'hidden', cell: triggerOf },
      {
        id: 'took',
        header: t('took'),
        width: '90px',
        align: 'end',
        hideBelow: 'md',
        phone: 'hidden',
        cell: (row) => <Took run={row} />,
      },
      {
        id: 'when',
        header: t('when'),
        width: '130px',
        align: 'end',
        phone: 'aside',
        cell: (row) => <DateTime value={row.finishedAt ?? row.createdAt} />,
      },
    ],
    [t],
  )
}

function Why({ run }: { run: RunRow }) {
  const why = useWhy()(run)
  return why && <span title={why}>{why}</span>
}

function Took({ run }: { run: RunRow }) {
  const ms = msBetween(run.startedAt, run.finishedAt)
  return ms === null ? null : <Duration ms={ms} />
}

function triggerOf({ eventName }: RunRow) {
  return eventName === 'inngest/scheduled.timer' ? <Schedule /> : eventName
}

function Schedule() {
  const t = useTranslations('jobs')
  return <span className="text-ink-3">{t('schedule')}</span>
}
