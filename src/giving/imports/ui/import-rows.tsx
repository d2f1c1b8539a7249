'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { EmptyState } from '@/ui/empty-state'
import { MoreRows } from '@/ui/more-rows'
import { Segmented } from '@/ui/segmented'
import { VERDICTS, type Verdict } from '../rules'
import type { ShownImport, ShownRow } from '../schema'

type ImportRowsProps = { shown: ShownImport; counts: NonNullable<ShownImport['counts']> }

/** The rows of the file, each with its verdict and why. */
export function ImportRows({ shown: { id, rows: total }, counts }: ImportRowsProps) {
  const t = useTranslations('imports')
  const [show, setShow] = useState<Verdict | 'all'>('all')
  const verdict = show === 'all' ? undefined : show
  const query = useInfiniteQuery(
    useTRPC().imports.rows.infiniteQueryOptions({ id, verdict }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  const columns = useColumns()
  const options = [
    { value: 'all' as const, label: `${t('verdict.all')} ${total}` },
    ...VERDICTS.map((value) => ({ value, label: `${t(`verdict.${value}`)} ${counts[value] ?? 0}` })),
  ]
  return (
    <div className="flex flex-col gap-3">
      <div className="overflow-x-auto">
        <Segmented label={t('column.verdict')} options={options} value={show} onChange={setShow} />
      </div>
      <DataTable
        label={t('column.rows')}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.line)}
        state={query.isPending ? 'loading' : query.data ? 'ready' : 'error'}
        onRetry={() => query.refetch()}
        isMuted={(row) => row.verdict === 'duplicate'}
        empty={<EmptyState title={t('noRows')} />}
        footer={<MoreRows query={query} label={t('more')} />}
      />
    </div>
  )
}

function useColumns(): Column<ShownRow>[] {
  const t = useTranslations('imports')
  return [
    { id: 'line', header: t('column.line'), cell: (row) => row.line, width: '5rem', align: 'end', phone: 'aside' },
    { id: 'verdict', header: t('column.verdict'), cell: (row) => <VerdictCell row={row} />, phone: 'title' },
    { id: 'who', header: t('column.who'), cell: (row) => <Who row={row} />, width: '14rem' },
    { id: 'what', header: t('column.what'), cell: ({ cells }) => Object.values(cells).join(' · ') },
  ]
}

function VerdictCell({ row: { verdict, reason, field, twinLine } }: { row: ShownRow }) {
  const t = useTranslations('imports')
  if (verdict !== 'error') {
    return (
      <>
        {t(`verdict.${verdict}`)}
        {twinLine !== null && `, ${t('twinLine', { line: twinLine })}`}
      </>
    )
  }
  const why = `problem.${reason}`
  // Both are keys that the server took from the same texts.
  const words = t.has(why as 'problem.long') ? t(why as 'problem.long') : reason
  const where = field && t.has(`field.${field}` as 'field.amount') ? `${t(`field.${field}` as 'field.amount')}: ` : ''
  return <span className="text-bad-ink">{`${where}${words}`}</span>
}

function Who({ row: { contactId, contactName } }: { row: ShownRow }) {
  if (contactId === null) return null
  return (
    <Link className="text-wheat-ink underline" href={`/contacts/${contactId}`}>
      {contactName}
    </Link>
  )
}
