import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { GroupMarks } from '../../groups/ui/group-marks'
import type { ListedContact } from '../schema'
import { MarkedName } from './contact-marks'
import { ContactStatusDot } from './contact-status'

export function useContactColumns(): Column<ListedContact>[] {
  const t = useTranslations('contacts')
  return useMemo<Column<ListedContact>[]>(
    () => [
      { id: 'name', header: t('column.name'), sortValue: () => null, cell: (row) => <MarkedName contact={row} /> },
      {
        id: 'status',
        header: t('column.status'),
        width: '132px',
        cell: (row) => <ContactStatusDot status={row.status} />,
      },
      {
        id: 'phone',
        header: t('column.phone'),
        width: '128px',
        hideBelow: 'md',
        cell: (row) => row.phone && <span className="figures text-ink-2">{row.phone}</span>,
      },
      {
        id: 'email',
        header: t('column.email'),
        width: '20%',
        hideBelow: 'lg',
        cell: (row) => <span className="block truncate text-ink-2">{row.email}</span>,
      },
      {
        id: 'groups',
        header: t('column.groups'),
        width: '13%',
        hideBelow: 'xl',
        cell: (row) => <GroupMarks groups={row.groups} most={2} />,
      },
      {
        id: 'owner',
        header: t('column.owner'),
        width: '12%',
        hideBelow: 'xl',
        phone: 'hidden',
        cell: (row) => <span className="block truncate text-ink-2">{row.ownerName}</span>,
      },
    ],
    [t],
  )
}
