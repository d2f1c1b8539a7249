'use client'

import { useLocale, useTranslations } from 'next-intl'
import { addDays, addMonths } from '@/kernel/dates'
import { formatMoney, money } from '@/kernel/money'
import { Card } from '@/ui/card'
import { Money } from '@/ui/money'
import { MonthChart } from '@/ui/month-chart'
import { Stat } from '@/ui/stat'
import type { ShownToday } from '../schema'

type MonthsProps = { data: ShownToday; whose: 'mine' | 'all' }

/** Twelve months beside the year before; this month's two figures open their gifts. */
export function TodayMonths({ data: { months, currency, begun }, whose }: MonthsProps) {
  const t = useTranslations('today.months')
  const locale = useLocale()
  const now = months.at(-1)
  if (!begun.gifts || !now) return null
  const show = (value: number) => formatMoney(money(BigInt(Math.round(value)), currency), locale)
  const rest = `&currency=${currency}${whose === 'mine' ? '&whose=mine' : ''}`
  // Heights of bars alone: what is read is the figures below and in the table.
  const bars = months.map(({ month, value, before }) => ({ month, value: Number(value), before: Number(before) }))
  return (
    <Card title={t('title')}>
      <MonthChart label={t('title')} months={bars} show={show} />
      <div className="mt-3 grid grid-cols-2 gap-4">
        <Stat
          label={t('now')}
          value={<Money value={{ amount: now.value, currency }} />}
          href={giftsOf(now.month, 0) + rest}
        />
        <Stat
          label={t('before')}
          value={<Money value={{ amount: now.before, currency }} />}
          href={giftsOf(now.month, -12) + rest}
        />
      </div>
    </Card>
  )
}

function giftsOf(month: string, months: number): string {
  const from = addMonths(`${month}-01`, months)
  return `/gifts?from=${from}&to=${addDays(addMonths(from, 1), -1)}`
}
