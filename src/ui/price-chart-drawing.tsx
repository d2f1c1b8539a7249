'use client'

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { exponentOf, formatMoney } from '@/kernel/money'
import { axisProps, ChartTip } from './chart-tip'

export type PricePoint = { at: Date | string; amount: bigint | string }
export type PriceRange = { low: bigint | string; median: bigint | string; high: bigint | string }

type DrawingProps = {
  currency: string
  points: readonly PricePoint[]
  range: PriceRange | null
  until: Date | string | undefined
}

/** Minor units as a plain number: good enough for a place on the screen, used for nothing else. */
function onScreen(amount: bigint | string): number {
  return Number(amount)
}

export function PriceChartDrawing({ currency, points, range, until }: DrawingProps) {
  const format = useFormatter()
  const locale = useLocale()
  const t = useTranslations('ui.chart')
  const data = points.map((point) => ({ at: new Date(point.at).getTime(), amount: onScreen(point.amount) }))
  const last = data.at(-1)
  if (last && until) data.push({ at: Math.max(new Date(until).getTime(), last.at), amount: last.amount })
  const amounts = [...data.map((point) => point.amount), ...(range ? [onScreen(range.low), onScreen(range.high)] : [])]
  const show = (amount: number) => formatMoney({ amount: BigInt(Math.round(amount)), currency }, locale)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <XAxis
          {...axisProps}
          dataKey="at"
          type="number"
          domain={['dataMin', 'dataMax']}
          tickFormatter={(at: number) => format.dateTime(new Date(at), { day: 'numeric', month: 'short' })}
          minTickGap={48}
        />
        <YAxis {...axisProps} width={64} domain={niceDomain(amounts, currency)} tickFormatter={show} tickCount={4} />
        {range && (
          <ReferenceArea y1={onScreen(range.low)} y2={onScreen(range.high)} fill="var(--press)" fillOpacity={1} />
        )}
        {range && (
          <ReferenceLine
            y={onScreen(range.median)}
            stroke="var(--edge)"
            strokeDasharray="3 3"
            label={{ value: t('median'), position: 'insideTopRight', fill: 'var(--ink-3)', fontSize: 11 }}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          content={({ active, payload, label }) =>
            active && payload?.[0] ? (
              <ChartTip
                title={format.dateTime(new Date(Number(label)), { dateStyle: 'medium', timeStyle: 'short' })}
                rows={[{ name: t('price'), value: show(Number(payload[0].value)) }]}
              />
            ) : null
          }
        />
        <Line
          dataKey="amount"
          type="stepAfter"
          stroke="var(--wheat)"
          strokeWidth={1.75}
          dot={{ r: 2, fill: 'var(--wheat)', strokeWidth: 0 }}
          activeDot={{ r: 3.5, fill: 'var(--wheat)', strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}

/** Room above and below, on whole units; from 0 would flatten every change of price. */
function niceDomain(amounts: readonly number[], currency: string): [number, number] {
  const unit = 10 ** exponentOf(currency)
  const least = Math.min(...amounts)
  const most = Math.max(...amounts)
  const room = Math.max((most - least) * 0.15, most * 0.03)
  return [Math.max(0, Math.floor((least - room) / unit) * unit), Math.ceil((most + room) / unit) * unit]
}
