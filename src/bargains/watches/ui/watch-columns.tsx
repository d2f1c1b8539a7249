import { BellOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { Sparkline } from '@/ui/sparkline'
import { StatusDot } from '@/ui/status-dot'
import { HealthHelp } from './health-help'
import { useIntervalWords } from './use-interval-words'
import { useMomentWords } from './use-moment-words'
import { checkedAt, needsSomebody, sourceNames, stateLooks, watchState, worstSearch } from './watch-status'
import type { WatchRow } from './watch-view'

/** The columns of the list of watches; `isScanning` marks those that are being read now. */
export function useWatchColumns(isScanning: (id: string) => boolean): Column<WatchRow>[] {
  const t = useTranslations('watches')
  const every = useIntervalWords()
  return useMemo<Column<WatchRow>[]>(
    () => [
      {
        id: 'state',
        header: t('column.state'),
        headerHidden: true,
        width: '32px',
        phone: 'mark',
        cell: (row) => <WatchDot row={row} scanning={isScanning(row.id)} />,
      },
      {
        id: 'name',
        header: t('column.name'),
        phone: 'title',
        sortValue: (row) => row.name,
        cell: (row) => <WatchName row={row} />,
      },
      {
        id: 'source',
        header: t('column.source'),
        width: 'clamp(90px, 12vw, 150px)',
        sortValue: (row) => sourceNames(row.searches).join(),
        cell: (row) => <Sources row={row} />,
      },
      {
        id: 'every',
        header: t('column.every'),
        width: '104px',
        hideBelow: 'xl',
        phone: 'hidden',
        sortValue: (row) => row.interval,
        cell: (row) => (row.pausedAt ? null : every(row.interval)),
      },
      {
        id: 'checked',
        header: t('column.checked'),
        width: 'clamp(128px, 13.5vw, 172px)',
        hideBelow: 'md',
        descFirst: true,
        sortValue: (row) => checkedAt(row.searches),
        cell: (row) => <Checked row={row} scanning={isScanning(row.id)} />,
      },
      {
        id: 'match',
        header: t('column.match'),
        width: '116px',
        hideBelow: 'xl',
        phone: 'hidden',
        descFirst: true,
        sortValue: (row) => (row.lastMatchAt ? new Date(row.lastMatchAt) : null),
        cell: (row) => row.lastMatchAt && <DateTime value={row.lastMatchAt} />,
      },
      {
        id: 'fresh',
        header: t('column.fresh'),
        width: '108px',
        align: 'end',
        phone: 'aside',
        descFirst: true,
        sortValue: (row) => row.newCount + row.droppedCount,
        cell: (row) => <Fresh row={row} />,
      },
      {
        id: 'week',
        header: t('column.week'),
        headerHidden: true,
        width: '80px',
        hideBelow: 'lg',
        phone: 'hidden',
        cell: (row) => <Sparkline values={row.week} label={t('week', { counts: row.week.join(', ') })} />,
      },
    ],
    [t, every, isScanning],
  )
}

function WatchDot({ row, scanning }: { row: WatchRow; scanning: boolean }) {
  const t = useTranslations('watches.state')
  const state = scanning ? 'new' : watchState(row)
  return <StatusDot quiet {...stateLooks[state]} label={scanning ? t('scanning') : t(state)} />
}

function WatchName({ row }: { row: WatchRow }) {
  const t = useTranslations('watches')
  return (
    <>
      {!row.notify && (
        <span title={t('silent')} className="relative mr-1.5 inline-flex align-[-2px] text-ink-3">
          <BellOff aria-hidden className="size-3.5" />
          <span className="sr-only">{t('silent')}</span>
        </span>
      )}
      {row.name}
    </>
  )
}

function Sources({ row }: { row: WatchRow }) {
  const t = useTranslations('watches')
  const names = sourceNames(row.searches).join(', ')
  return row.searches.length > 1 ? t('searches', { names, count: row.searches.length }) : names
}

/** When it was read last; in trouble, since when and what now. */
function Checked({ row, scanning }: { row: WatchRow; scanning: boolean }) {
  const t = useTranslations('watches')
  const { at } = useMomentWords()
  const state = watchState(row)
  const worst = worstSearch(row.searches)
  const read = checkedAt(row.searches)
  if (scanning) return t('state.scanning')
  if (state === 'paused') return t('state.paused')
  if (needsSomebody(state) && worst) {
    return (
      <>
        <span className="block truncate text-warn-ink">
          {worst.healthSince ? t(`since.${state}`, { since: at(worst.healthSince) }) : t(`state.${state}`)}
        </span>
        <span className="block text-meta">
          <HealthHelp watch={row} />
        </span>
      </>
    )
  }
  if (!read) return t('state.new')
  return (
    <>
      <span className="sm:hidden">{t('checked')} </span>
      <DateTime value={read} />
    </>
  )
}

function Fresh({ row }: { row: WatchRow }) {
  const t = useTranslations('watches')
  const parts = [
    row.newCount > 0 && t('fresh', { count: row.newCount }),
    row.droppedCount > 0 && t('cheaper', { count: row.droppedCount }),
  ].filter(Boolean)
  return parts.length > 0 ? <span className="font-medium text-wheat-ink">{parts.join(' · ')}</span> : null
}
