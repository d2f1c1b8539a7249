import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { cx } from '@/ui/class-names'
import type { Column } from '@/ui/data-table-model'
import { Money } from '@/ui/money'
import type { ListedGift } from '../schema'
import { GiftMarks } from './gift-marks'
import { PlainDay } from './plain-day'

/** Left out in the list of one contact: who gave. */
export function useGiftColumns({ withContact }: { withContact: boolean }): Column<ListedGift>[] {
  const t = useTranslations('gifts')
  return useMemo<Column<ListedGift>[]>(() => {
    const contact: Column<ListedGift> = {
      id: 'contact',
      header: t('column.contact'),
      phone: 'title',
      cell: (row) => <bdi>{row.contactName}</bdi>,
    }
    return [
      {
        id: 'date',
        header: t('column.date'),
        width: '116px',
        phone: withContact ? 'line' : 'title',
        cell: (row) => <PlainDay date={row.givenOn} className="figures text-ink-2" />,
      },
      ...(withContact ? [contact] : []),
      {
        id: 'marks',
        header: t('column.marks'),
        headerHidden: true,
        ...(withContact && { width: '22%' }),
        hideBelow: 'md',
        cell: (row) => <GiftMarks gift={row} />,
      },
      {
        id: 'method',
        header: t('column.method'),
        width: '120px',
        hideBelow: 'md',
        cell: (row) => <span className="text-ink-2">{t(`method.${row.method}`)}</span>,
      },
      {
        id: 'fund',
        header: t('column.fund'),
        width: '16%',
        hideBelow: 'lg',
        cell: (row) => row.fundName && <span className="block truncate text-ink-2">{row.fundName}</span>,
      },
      {
        id: 'amount',
        header: t('column.amount'),
        width: '128px',
        align: 'end',
        phone: 'aside',
        cell: (row) => <GiftAmount gift={row} />,
      },
    ]
  }, [t, withContact])
}

/** What is left of it; a refund with its sign. */
export function GiftAmount({ gift }: { gift: ListedGift }) {
  const { amount, refunded, currency, reversesId, voidedAt } = gift
  const left = reversesId ? -BigInt(amount) : BigInt(amount) - BigInt(refunded)
  const value = left === 0n ? BigInt(amount) : left
  const gone = voidedAt !== null || left === 0n
  return <Money value={{ amount: value, currency }} className={cx('font-medium', gone && 'text-ink-3 line-through')} />
}
