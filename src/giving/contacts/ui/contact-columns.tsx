import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Column } from '@/ui/data-table-model'
import { GroupMarks } from '../../groups/ui/group-marks'
import type { ListedContact } from '../schema'
import { ContactMarks } from './contact-marks'
import { ContactStatusDot } from './contact-status'

export function useContactColumns(): Column<ListedContact>[] {
  const t = useTranslations('contacts')
  return useMemo<Column<ListedContact>[]>(
    () => [
      { id: 'name', header: t('column.name'), sortValue: () => null, cell: (row) => <bdi>{row.displayName}</bdi> },
      {
        id: 'marks',
        header: t('mark.doNotContact'),
        headerHidden: true,
        width: '136px',
        hideBelow: 'lg',
        cell: (row) => <ContactMarks contact={row} />,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: '148px',
        cell: (row) => <ContactStatusDot status={row.status} />,
      },
      {
        id: 'phone',
        header: t('column.phone'),
        width: '140px',
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
        width: '16%',
        hideBelow: 'xl',
        cell: (row) => <GroupMarks groups={row.groups} most={2} />,
      },
      {
        id: 'owner',
        header: t('column.owner'),
        width: '14%',
        hideBelow: 'xl',
        phone: 'hidden',
        cell: (row) => <span className="block truncate text-ink-2">{row.ownerName}</span>,
      },
    ],
    [t],
  )
}
