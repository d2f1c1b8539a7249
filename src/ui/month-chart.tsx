'use client'

import dynamic from 'next/dynamic'
import { useFormatter, useTranslations } from 'next-intl'
import { ChartFrame } from './chart-frame'
import { cx } from './class-names'
import type { MonthValue } from './month-chart-drawing'

const Drawing = dynamic(() => import('./month-chart-drawing').then((module) => module.MonthChartDrawing), {
  ssr: false,
})

type MonthChartProps = {
  label: string
  months: readonly MonthValue[]
  /** How a value reads: money, a count. */
  show: (value: number) => string
  accent?: 'wheat' | 'sage'
}

/** Month by month, with the year before behind it. */
export function MonthChart({ label, months, show, accent = 'sage' }: MonthChartProps) {
  const t = useTranslations('ui.chart')
  const format = useFormatter()
  if (months.length === 0) return <p className="text-ink-3 text-table">{t('empty')}</p>
  const hasBefore = months.some((month) => month.before !== undefined)
  return (
    <ChartFrame
      label={label}
      note={hasBefore && <Years accent={accent} names={[t('thisYear'), t('lastYear')]} />}
      head={[t('month'), t('thisYear'), ...(hasBefore ? [t('lastYear')] : [])]}
      rows={months.map(({ month, value, before }) => ({
        key: month,
        cells: [
          format.dateTime(new Date(`${month}-01T00:00:00Z`), { month: 'long', year: 'numeric', timeZone: 'UTC' }),
          show(value),
          ...(hasBefore ? [before === undefined ? '' : show(before)] : []),
        ],
      }))}
    >
      <Drawing months={months} show={show} accent={accent} />
    </ChartFrame>
  )
}

function Years({ accent, names: [now, before] }: { accent: 'wheat' | 'sage'; names: [string, string] }) {
  return (
    <span className="flex gap-4">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className={cx('size-2 rounded-[2px]', accent === 'sage' ? 'bg-sage' : 'bg-wheat')} />
        {now}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="size-2 rounded-[2px] bg-line-strong" />
        {before}
      </span>
    </span>
  )
}
