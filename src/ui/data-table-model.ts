import type { ReactNode } from 'react'

export type Density = 'normal' | 'dense' | 'photo'
/** In pixels, where there is room for a table; the rows themselves say the same. */
export const ROW_HEIGHTS: Record<Density, number> = { normal: 40, dense: 36, photo: 64 }

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
  /** Left out where the page is narrower: 768, 1024 or 1280 px. */
  hideBelow?: 'md' | 'lg' | 'xl'
  /** `line` when left out; the first column is the title. */
  phone?: PhonePlace
}

export type ColumnLook<Row> = Column<Row> & { phone: PhonePlace }

export function withPhonePlace<Row>(column: Column<Row>, place: number): ColumnLook<Row> {
  return { ...column, phone: column.phone ?? (place === 0 ? 'title' : 'line') }
}

/** Texts by the reader's alphabet, with digits as numbers. Nothing comes last, whichever way the others run. */
export function compareValues(a: SortValue, b: SortValue, desc: boolean, collator: Intl.Collator): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null)
  const order = typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : a < b ? -1 : a > b ? 1 : 0
  return desc ? -order : order
}

/** A sorted copy; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
  locale: string,
): Row[] {
  const read = columns.find((column) => column.id === sort?.id)?.sortValue
  if (!sort || !read) return [...rows]
  const collator = new Intl.Collator(locale, { numeric: true })
  return [...rows].sort((a, b) => compareValues(read(a), read(b), sort.desc, collator))
}

/** What the next click on a column's head asks for: one way, the other way, the order of the rows as they came. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null): Sort | null {
  const first = column.descFirst ?? false
  if (sort?.id !== column.id) return { id: column.id, desc: first }
  return sort.desc === first ? { id: column.id, desc: !first } : null
}
