'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { Badge } from '@/ui/badge'
import type { Column } from '@/ui/data-table-model'
import { Money } from '@/ui/money'
import { lateBucket } from '../../pledges/rules-late'
import type { CareList } from '../rules-lists'
import type { CareRow } from '../schema'
import { RowDeeds } from './row-deeds'

export function useCareColumns(show: CareList): readonly Column<CareRow>[] {
  const t = useTranslations('care.columns')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: '240px',
        cell: ({ name }) => <span className="font-medium">{name}</span>,
        phone: 'title',
      },
      { id: 'fact', header: t('fact'), cell: (row) => <FactAndDeeds row={row} show={show} /> },
      {
        id: 'phone',
        header: t('phone'),
        width: '160px',
        hideBelow: 'md',
        cell: ({ phone }) => phone && <Phone phone={phone} />,
      },
      {
        id: 'amount',
        header: t('amount'),
        width: '140px',
        align: 'end',
        phone: 'aside',
        cell: (row) => <Amount row={row} />,
      },
    ],
    [t, show],
  )
}

function FactAndDeeds({ row, show }: { row: CareRow; show: CareList }): ReactNode {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1">
      <Fact row={row} show={show} />
      <RowDeeds row={row} />
    </span>
  )
}

function Fact({ row, show }: { row: CareRow; show: CareList }) {
  const t = useTranslations('care')
  const date = useDay(row.on)
  const { days, gapDays, basis, gifts } = row
  switch (show) {
    case 'late':
      return (
        <span className="flex flex-wrap items-center gap-2">
          <Bucket days={days} />
          {t('lateFact', { days, date })}
        </span>
      )
    case 'risk':
      return t(`riskFact.${basis ?? 'default'}`, { days, gap: gapDays ?? 0 })
    case 'thanks':
      return t('thanksFact', { count: gifts.length, date })
    case 'birthdays':
      return t('birthdayFact', { days, date })
    case 'silent':
      return t('silentFact', { days })
  }
}

const TONES = { '1-30': 'neutral', '31-60': 'warn', '61+': 'bad' } as const

function Bucket({ days }: { days: number }) {
  const t = useTranslations('care.bucket')
  const bucket = lateBucket(days)
  return bucket && <Badge tone={TONES[bucket]}>{t(bucket)}</Badge>
}

/** A day of the calendar is the same in every zone. */
function useDay(day: string | null): string {
  const format = useFormatter()
  return day === null ? '' : format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
}

function Phone({ phone }: { phone: string }) {
  return (
    <a
      href={`tel:${phone.replace(/[^\d+]/g, '')}`}
      className="figures inline-flex min-h-6 items-center hover:underline"
    >
      {phone}
    </a>
  )
}

function Amount({ row: { amount, currency, gifts } }: { row: CareRow }) {
  if (amount !== null && currency !== null) return <Money value={{ amount, currency }} />
  const [first, ...rest] = gifts
  if (!first || rest.some((gift) => gift.currency !== first.currency)) return null
  const total = gifts.reduce((sum, gift) => sum + BigInt(gift.amount), 0n)
  return <Money value={{ amount: total, currency: first.currency }} />
}
