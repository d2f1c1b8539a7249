'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { axisProps, ChartTip } from './chart-tip'

/** `month` as "2026-11"; `before` is the same month of the year before. */
export type MonthValue = { month: string; value: number; before?: number }

type DrawingProps = { months: readonly MonthValue[]; show: (value: number) => string; accent: 'wheat' | 'sage' }

export function MonthChartDrawing({ months, show, accent }: DrawingProps) {
  const format = useFormatter()
  const t = useTranslations('ui.chart')
  const name = (month: string, style: 'short' | 'long') =>
    format.dateTime(new Date(`${month}-01T00:00:00Z`), { month: style, timeZone: 'UTC' })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        accessibilityLayer={false}
        data={[...months]}
        barGap={1}
        barCategoryGap="24%"
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
      >
        <XAxis {...axisProps} dataKey="month" tickFormatter={(month: string) => name(month, 'short')} minTickGap={8} />
        <YAxis {...axisProps} width={64} tickFormatter={show} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active, payload, label }) =>
            active && payload ? (
              <ChartTip
                title={name(String(label), 'long')}
                rows={payload.map((part) => ({
                  name: t(part.dataKey === 'value' ? 'thisYear' : 'lastYear'),
                  value: show(Number(part.value)),
                }))}
              />
            ) : null
          }
        />
        <Bar dataKey="before" fill="var(--line-strong)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
        <Bar dataKey="value" fill={`var(--${accent})`} radius={[2, 2, 0, 0]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  )
}
