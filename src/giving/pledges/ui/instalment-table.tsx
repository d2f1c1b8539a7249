'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Badge } from '@/ui/badge'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { Money } from '@/ui/money'
import type { Tone } from '@/ui/tones'
import { PlainDay } from '../../gifts/ui/plain-day'
import type { InstalmentState } from '../rules-late'
import type { ShownInstalment, ShownPledge } from '../schema'

const TONES: Record<InstalmentState, Tone> = {
  paid: 'sage',
  partly: 'info',
  late: 'warn',
  expected: 'neutral',
  skipped: 'neutral',
  written_off: 'neutral',
}

/** Every instalment and the gifts that paid it. */
export function InstalmentTable({ pledge }: { pledge: ShownPledge }) {
  const t = useTranslations('pledges')
  const columns = useColumns(pledge.currency)
  return (
    <DataTable
      label={t('page.instalments')}
      columns={columns}
      rows={pledge.instalments}
      rowId={(row) => row.id}
      rowName={(row) => row.dueOn}
      density="dense"
      isMuted={(row) => row.state === 'skipped' || row.state === 'written_off'}
      empty={<p className="px-4 pb-4 text-ink-2 text-table">{t('page.noInstalments')}</p>}
    />
  )
}

function useColumns(currency: string): Column<ShownInstalment>[] {
  const t = useTranslations('pledges')
  return useMemo<Column<ShownInstalment>[]>(
    () => [
      {
        id: 'due',
        header: t('column.due'),
        width: '124px',
        phone: 'title',
        cell: (row) => <PlainDay date={row.dueOn} className="figures" />,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: '168px',
        cell: (row) => (
          <Badge tone={TONES[row.state]}>
            {row.daysLate > 0 ? t('page.daysLate', { days: row.daysLate }) : t(`instalment.${row.state}`)}
          </Badge>
        ),
      },
      {
        id: 'paidBy',
        header: t('column.paidBy'),
        hideBelow: 'md',
        cell: (row) => <PaidBy instalment={row} currency={currency} />,
      },
      {
        id: 'paid',
        header: t('column.paid'),
        width: '100px',
        align: 'end',
        hideBelow: 'md',
        cell: (row) => row.paid !== '0' && <Money value={{ amount: row.paid, currency }} />,
      },
      {
        id: 'amount',
        header: t('column.amount'),
        width: '100px',
        align: 'end',
        phone: 'aside',
        cell: (row) => <Money value={{ amount: row.amount, currency }} className="font-medium" />,
      },
    ],
    [t, currency],
  )
}

function PaidBy({ instalment, currency }: { instalment: ShownInstalment; currency: string }) {
  const t = useTranslations('pledges.page')
  if (instalment.paidBy.length === 0) return null
  return (
    <span className="flex flex-wrap gap-x-3">
      {instalment.paidBy.map((share) => (
        <Link
          key={`${share.giftId}/${share.madeBy}`}
          href={`/gifts?gift=${share.giftId}`}
          className="text-ink-2 underline underline-offset-3"
        >
          <Money value={{ amount: share.amount, currency }} /> <PlainDay date={share.givenOn} />
          {share.madeBy === 'hand' && ` (${t('byHand')})`}
        </Link>
      ))}
    </span>
  )
}
