import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { Money } from '@/ui/money'
import { PlainDay } from '../../gifts/ui/plain-day'
import type { ListedPledge } from '../schema'
import { PledgeSquares } from './pledge-squares'
import { PledgeStateDot } from './pledge-state'

export function usePledgeColumns(): Column<ListedPledge>[] {
  const t = useTranslations('pledges')
  return useMemo<Column<ListedPledge>[]>(
    () => [
      { id: 'contact', header: t('column.contact'), phone: 'title', cell: (row) => <bdi>{row.contactName}</bdi> },
      {
        id: 'promise',
        header: t('column.promise'),
        width: '20%',
        phone: 'aside',
        cell: (row) => <Promised pledge={row} />,
      },
      { id: 'state', header: t('column.state'), width: '140px', cell: (row) => <PledgeStateDot pledge={row} /> },
      {
        id: 'squares',
        header: t('column.instalments'),
        width: '232px',
        hideBelow: 'lg',
        cell: (row) => <PledgeSquares squares={row.squares} />,
      },
      {
        id: 'next',
        header: t('column.next'),
        width: '116px',
        hideBelow: 'md',
        cell: (row) => row.nextDueOn && <PlainDay date={row.nextDueOn} className="figures text-ink-2" />,
      },
      {
        id: 'late',
        header: t('column.late'),
        width: '112px',
        align: 'end',
        hideBelow: 'md',
        cell: (row) =>
          row.lateCount > 0 && (
            <Money value={{ amount: row.lateAmount, currency: row.currency }} className="font-medium text-warn-ink" />
          ),
      },
    ],
    [t],
  )
}

/** "100 zł a month". */
export function Promised({ pledge }: { pledge: Pick<ListedPledge, 'amount' | 'currency' | 'frequency'> }) {
  const t = useTranslations('pledges.per')
  return (
    <span className="text-ink-2">
      <Money value={pledge} className="font-medium text-ink" /> {t(pledge.frequency)}
    </span>
  )
}
