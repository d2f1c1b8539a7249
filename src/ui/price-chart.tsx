'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { formatMoney } from '@/kernel/money'
import { ChartFrame } from './chart-frame'
import { DateTime } from './date-time'
import type { PricePoint, PriceRange } from './price-chart-drawing'

const Drawing = dynamic(() => import('./price-chart-drawing').then((module) => module.PriceChartDrawing), {
  ssr: false,
})

type PriceChartProps = {
  /** What it shows, such as the listing's title. */
  label: string
  currency: string
  /** Every price as it was first seen, oldest first, in minor units. */
  points: readonly PricePoint[]
  /** The middle half of comparable adverts and their median, in minor units. */
  range?: PriceRange | null
  /** Draw on to this moment, usually now. */
  until?: Date | string
}

/** Price over time as steps, since a price holds until the next one is seen, over the band of what others ask. */
export function PriceChart({ label, currency, points, range, until }: PriceChartProps) {
  const t = useTranslations('ui.chart')
  const show = useAmount(currency)
  if (points.length === 0) return <p className="text-ink-3 text-table">{t('empty')}</p>
  return (
    <ChartFrame
      label={label}
      note={range && <PriceRangeNote currency={currency} range={range} />}
      head={[t('date'), t('price')]}
      rows={points.map((point) => ({
        key: new Date(point.at).toISOString(),
        cells: [<DateTime key="at" value={point.at} show="dateTime" />, show(point.amount)],
      }))}
    >
      <Drawing currency={currency} points={points} range={range ?? null} until={until} />
    </ChartFrame>
  )
}

/** The band in words: the median, the middle half, and of how many. */
export function PriceRangeNote({ currency, range }: { currency: string; range: PriceRange }) {
  const t = useTranslations('ui.chart')
  const show = useAmount(currency)
  const parts = [
    `${t('median')}: ${show(range.median)}`,
    t('range', { from: show(range.low), to: show(range.high) }),
    ...(range.count === undefined ? [] : [t('compared', { count: range.count })]),
  ]
  return <>{parts.join(' · ')}</>
}

function useAmount(currency: string) {
  const locale = useLocale()
  return (amount: bigint | string) => formatMoney({ amount: BigInt(amount), currency }, locale)
}
