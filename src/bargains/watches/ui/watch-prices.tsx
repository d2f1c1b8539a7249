'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { Money } from '@/ui/money'
import { Photo } from '@/ui/photo'
import { Price } from '@/ui/price'
import { PriceChart } from '@/ui/price-chart'
import { Segmented } from '@/ui/segmented'
import { Skeleton } from '@/ui/skeleton'
import { Stat } from '@/ui/stat'
import { useAddress } from '@/ui/use-address'
import type { ShownPrices } from '../../prices/schema'
import { SERIES, watchPricesParams } from './watch-prices-params'

/** What the matches of a watch cost: now, over time, and where they became cheaper. */
export function WatchPrices({ id }: { id: string }) {
  const t = useTranslations('watches.prices')
  const prices = useQuery(useTRPC().matches.prices.queryOptions({ watchId: id }))
  if (prices.isPending) return <Skeleton className="h-60 w-full" />
  if (!prices.data) return <ErrorState onRetry={() => prices.refetch()} />
  const { currency, drops } = prices.data
  if (!currency) return <EmptyState title={t('none')} description={t('noneWhy')} />
  return (
    <div className="flex flex-col gap-4">
      <OverTime prices={prices.data} currency={currency} />
      <Card flush title={t('drops')}>
        <Drops drops={drops} watchId={id} />
      </Card>
    </div>
  )
}

function OverTime({ prices: { days, now }, currency }: { prices: ShownPrices; currency: string }) {
  const t = useTranslations('watches.prices')
  const [{ show: series }, change] = useAddress(watchPricesParams)
  const points = useMemo(() => stepsOf(days, series), [days, series])
  const show = (amount: string) => <Money value={{ amount, currency }} />
  return (
    <Card title={t('overTime')} hint={t('overTimeHint')}>
      {now && (
        <div className="mb-4 flex flex-wrap gap-x-8 gap-y-3">
          <Stat label={t('lowest')} value={show(now.lowest)} />
          <Stat label={t('median')} value={show(now.median)} big />
          <Stat label={t('highest')} value={show(now.highest)} />
          <Stat label={t('count')} value={now.count} note={t('now')} />
        </div>
      )}
      {days.length > 1 ? (
        <>
          <div className="mb-3">
            <Segmented
              label={t('series')}
              value={series}
              onChange={(show) => change({ show })}
              options={SERIES.map((value) => ({ value, label: t(value) }))}
            />
          </div>
          <PriceChart
            label={t('chart', { series: t(series) })}
            currency={currency}
            points={points}
            range={now && series === 'median' ? { low: now.low, median: now.median, high: now.high } : null}
          />
        </>
      ) : (
        <p className="text-ink-2 text-table">{t('oneDay')}</p>
      )}
    </Card>
  )
}

/** A price holds until the next: only the days on which it changed, and the last one. */
function stepsOf(days: ShownPrices['days'], series: (typeof SERIES)[number]) {
  const changed = days.filter((day, place) => place === days.length - 1 || day[series] !== days[place - 1]?.[series])
  return changed.map((day) => ({ at: `${day.day}T12:00:00Z`, amount: day[series] }))
}

type Drop = ShownPrices['drops'][number]

function Drops({ drops, watchId }: { drops: readonly Drop[]; watchId: string }) {
  const t = useTranslations('watches.prices')
  const columns = useMemo<Column<Drop>[]>(
    () => [
      {
        id: 'photo',
        header: t('photo'),
        headerHidden: true,
        width: '76px',
        phone: 'photo',
        cell: (row) => <Photo src={row.photo} alt="" />,
      },
      { id: 'title', header: t('advert'), phone: 'title', cell: (row) => row.title },
      { id: 'at', header: t('when'), width: 'clamp(90px, 11vw, 140px)', cell: (row) => <DateTime value={row.at} /> },
      {
        id: 'price',
        header: t('price'),
        width: 'clamp(120px, 18vw, 240px)',
        align: 'end',
        phone: 'aside',
        cell: ({ amount, before, currency }) => (
          <Price
            kind="fixed"
            value={{ amount, currency }}
            before={{ amount: before, currency }}
            className="sm:flex sm:flex-wrap sm:justify-end"
          />
        ),
      },
    ],
    [t],
  )
  return (
    <DataTable
      label={t('drops')}
      columns={columns}
      rows={drops}
      rowId={(row) => `${row.matchId} ${row.at}`}
      rowName={(row) => row.title}
      rowHref={(row) => `/watches/${watchId}?match=${row.matchId}`}
      density="photo"
      empty={<p className="px-4 pb-6 text-ink-2 text-table">{t('noDrops')}</p>}
    />
  )
}
