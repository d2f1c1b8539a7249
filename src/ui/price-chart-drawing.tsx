'use client'

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { exponentOf, formatMoney } from '@/kernel/money'
import { axisProps, ChartTip } from './chart-tip'

export type PricePoint = { at: Date | string; amount: bigint | string }
export type PriceRange = {
  low: bigint | string
  median: bigint | string
  high: bigint | string
  /** Of how many. */
  count?: number
}

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
  const ticks = roundTicks(amounts, currency)
  const show = (amount: number) => formatMoney({ amount: BigInt(Math.round(amount)), currency }, locale)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart accessibilityLayer={false} data={data} margin={{ top: 8, right: range ? 52 : 8, bottom: 0, left: 0 }}>
        <XAxis
          {...axisProps}
          dataKey="at"
          type="number"
          domain={['dataMin', 'dataMax']}
          tickFormatter={(at: number) => format.dateTime(new Date(at), { day: 'numeric', month: 'short' })}
          minTickGap={48}
        />
        <YAxis
          {...axisProps}
          width={64}
          domain={[ticks[0] ?? 0, ticks.at(-1) ?? 0]}
          ticks={ticks}
          interval={0}
          tickFormatter={show}
        />
        {range && (
          <ReferenceArea y1={onScreen(range.low)} y2={onScreen(range.high)} fill="var(--press)" fillOpacity={1} />
        )}
        {range && (
          <ReferenceLine
            y={onScreen(range.median)}
            stroke="var(--edge)"
            strokeDasharray="3 3"
            label={{ value: t('median'), position: 'right', fill: 'var(--ink-3)', fontSize: 11 }}
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

/** Four or five round figures around the prices; an axis from 0 would flatten every change. */
function roundTicks(amounts: readonly number[], currency: string): number[] {
  const unit = 10 ** exponentOf(currency)
  const most = Math.max(...amounts)
  const room = Math.max(most - Math.min(...amounts), most * 0.06, unit * 4)
  const step = Math.max(roundStep(room / 3), unit)
  const first = Math.max(0, Math.floor(Math.min(...amounts) / step) * step)
  const count = Math.ceil((most - first) / step)
  return Array.from({ length: count + 1 }, (_, place) => first + place * step)
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}
