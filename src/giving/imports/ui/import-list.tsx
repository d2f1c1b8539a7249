'use client'

import { useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { Menu } from '@/ui/menu'
import { PageHeader } from '@/ui/page-header'
import type { ListedImport } from '../schema'
import { useLiveImports } from './use-live-imports'

const NONE: readonly ListedImport[] = []

/** Every import, the newest first, and the way to a new one. */
export function ImportList() {
  const t = useTranslations('imports')
  const query = useQuery(useTRPC().imports.list.queryOptions())
  const columns = useColumns()
  useLiveImports()
  const state = query.isPending ? 'loading' : query.data ? 'ready' : 'error'
  const start = (
    <LinkButton href="/imports/new" variant="primary" icon={<FileUp aria-hidden />}>
      {t('new')}
    </LinkButton>
  )
  const exports = (['contacts', 'gifts'] as const).map((kind) => ({
    label: t(`export.${kind}`),
    onSelect: () => window.location.assign(`/api/exports/${kind}.csv`),
  }))
  return (
    <>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        back={{ href: '/contacts', label: t('kind.contacts') }}
        actions={
          <>
            <Menu label={t('export.menu')} items={exports} />
            {start}
          </>
        }
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={query.data ?? NONE}
        rowId={(row) => row.id}
        rowName={(row) => row.fileName}
        rowHref={(row) => `/imports/${row.id}`}
        state={state}
        onRetry={() => query.refetch()}
        empty={
          <EmptyState icon={<FileUp aria-hidden />} title={t('empty')} description={t('emptyWhy')} action={start} />
        }
      />
    </>
  )
}

function useColumns(): Column<ListedImport>[] {
  const t = useTranslations('imports')
  return [
    { id: 'file', header: t('column.file'), cell: (row) => row.fileName },
    { id: 'kind', header: t('column.kind'), cell: (row) => t(`kind.${row.kind}`), width: '8rem' },
    { id: 'rows', header: t('column.rows'), cell: (row) => row.rows, align: 'end', width: '6rem' },
    { id: 'state', header: t('column.state'), cell: (row) => t(`state.${row.state}`), width: '10rem', phone: 'aside' },
    { id: 'when', header: t('column.when'), cell: (row) => <DateTime value={row.createdAt} />, width: '10rem' },
  ]
}
