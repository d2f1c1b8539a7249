'use client'

import { useLocale } from 'next-intl'
import { useMemo, useState } from 'react'
import { type Column, nextSort, type Sort, sortRows } from './data-table-model'

type RowModelOptions<Row> = {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  sort?: Sort | null
  defaultSort?: Sort
  onSortChange?: (sort: Sort | null) => void
  serverSort?: boolean
}

const NONE: ReadonlySet<string> = new Set()

/** Which rows in which order, and which of them are chosen. The sort is kept here unless the caller keeps it. */
export function useRowModel<Row>(options: RowModelOptions<Row>) {
  const { columns, rows, rowId, sort, defaultSort, onSortChange, serverSort = false } = options
  const locale = useLocale()
  const [ownSort, setOwnSort] = useState<Sort | null>(defaultSort ?? null)
  const [chosenIds, setChosenIds] = useState(NONE)
  const current = sort === undefined ? ownSort : sort
  const sorted = useMemo(
    () => sortRows(rows, columns, serverSort ? null : current, locale).map((row) => ({ id: rowId(row), row })),
    [rows, columns, serverSort, current, locale, rowId],
  )
  const chosen = sorted.filter(({ id }) => chosenIds.has(id)).map(({ row }) => row)
  return {
    rows: sorted,
    sort: current,
    chosen,
    isChosen: (id: string) => chosenIds.has(id),
    isAllChosen: chosen.length > 0 && chosen.length === sorted.length,
    choose: (id: string, wanted: boolean) => setChosenIds((ids) => withId(ids, id, wanted)),
    chooseAll: (wanted: boolean) => setChosenIds(wanted ? new Set(sorted.map(({ id }) => id)) : NONE),
    sortBy: (columnId: string) => {
      const column = columns.find(({ id }) => id === columnId)
      const next = column ? nextSort(column, current) : null
      setOwnSort(next)
      onSortChange?.(next)
    },
  }
}

function withId(ids: ReadonlySet<string>, id: string, wanted: boolean): ReadonlySet<string> {
  const next = new Set(ids)
  if (wanted) next.add(id)
  else next.delete(id)
  return next
}
