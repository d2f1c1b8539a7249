import {
  type ColumnDef,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'

export const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
})
export type Features = typeof features

export type SortValue = string | number | bigint | boolean | Date | null | undefined
export type Sort = { id: string; desc: boolean }

/** Where a cell stands when, on a phone, each row becomes a card. */
export type PhonePlace = 'title' | 'aside' | 'line' | 'photo' | 'mark' | 'hidden'

export type Column<Row> = {
  /** Stable: it stands in the URL as the sort's name. */
  id: string
  header: string
  /** Keep the name for screen readers only: for dots and pictures. */
  headerHidden?: boolean
  cell: (row: Row) => ReactNode
  /** Makes the column sortable. */
  sortValue?: (row: Row) => SortValue
  /** The first click sorts downwards: for dates and counts. */
  descFirst?: boolean
  /** `end` for figures. */
  align?: 'start' | 'end' | 'center'
  /** Any CSS width; columns without one share the rest. */
  width?: string
  /** Left out where the page is narrower: 768 or 1024 px. */
  hideBelow?: 'md' | 'lg'
  /** `line` when left out; the first column is the title. */
  phone?: PhonePlace
}

export type ColumnLook<Row> = Column<Row> & { phone: PhonePlace }

/** Texts by the reader's alphabet with digits as numbers; nothing always comes last, whichever way. */
export function compareValues(a: SortValue, b: SortValue, collator: Intl.Collator): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b)
  if (a == null || b == null) return 0
  return a < b ? -1 : a > b ? 1 : 0
}

/** Our columns in react-table's form. */
export function toColumnDefs<Row extends object>(
  columns: readonly Column<Row>[],
  collator: Intl.Collator,
): ColumnDef<Features, Row, unknown>[] {
  return columns.map(({ id, sortValue, descFirst }) => ({
    id,
    accessorFn: (row: Row) => sortValue?.(row) ?? undefined,
    enableSorting: Boolean(sortValue),
    sortDescFirst: descFirst ?? false,
    sortUndefined: 'last' as const,
    sortFn: (a, b, columnId) =>
      compareValues(a.getValue<SortValue>(columnId), b.getValue<SortValue>(columnId), collator),
  }))
}
