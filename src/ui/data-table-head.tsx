'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { Checkbox } from './checkbox'
import { cx } from './class-names'
import type { Column, Sort } from './data-table-model'

export const hideBelowStyles = { md: 'sm:max-md:hidden', lg: 'sm:max-lg:hidden', xl: 'sm:max-xl:hidden' } as const
export const alignStyles = { start: 'text-left', end: 'text-right', center: 'text-center' } as const

type HeadProps<Row> = {
  columns: readonly Column<Row>[]
  sort: Sort | null
  onSort: (columnId: string) => void
  selectAll?: { checked: boolean; some: boolean; onChange: (all: boolean) => void; label: string } | undefined
  /** Narrow columns at the end, for what stands in `rowActions` and `rowMenu`. */
  actions?: { label: string; widths: readonly string[] } | undefined
}

/** Sticks under the top bar. On a phone it is there for screen readers only. */
export function DataTableHead<Row>({ columns, sort, onSort, selectAll, actions }: HeadProps<Row>) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: `display` on a phone takes the native roles away, these stay
    <thead role="rowgroup" className="max-sm:sr-only">
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <tr role="row">
        {selectAll && (
          <th scope="col" className={cx(cellStyles, 'w-8 pr-0')}>
            <Checkbox
              label={selectAll.label}
              checked={selectAll.checked}
              indeterminate={selectAll.some && !selectAll.checked}
              onChange={selectAll.onChange}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
        {actions?.widths.map((width) => (
          <th key={width} scope="col" style={{ width }} className={cx(cellStyles, 'px-0!')}>
            <span className="sr-only">{actions.label}</span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

const cellStyles =
  'sticky top-(--sticky-top,48px) z-10 h-8 border-line border-b bg-(--ground,var(--paper)) px-2 text-left font-medium text-ink-3 text-meta first:pl-3 last:pr-3'

type HeadCellProps<Row> = Pick<HeadProps<Row>, 'sort' | 'onSort'> & { column: Column<Row> }

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.id === column.id ? (sort.desc ? 'descending' : 'ascending') : undefined
  const end = column.align === 'end'
  return (
    <th
      scope="col"
      aria-sort={sorted}
      style={{ width: column.width }}
      className={cx(
        cellStyles,
        alignStyles[column.align ?? 'start'],
        column.hideBelow && hideBelowStyles[column.hideBelow],
      )}
    >
      {column.sortValue ? (
        <button
          type="button"
          onClick={() => onSort(column.id)}
          className={cx(
            'hit-area -mx-1 inline-flex max-w-full items-center gap-1 rounded-control px-1 hover:text-ink',
            end && 'flex-row-reverse',
            sorted && 'text-ink',
          )}
        >
          <span className="truncate">{column.header}</span>
          <SortArrow sorted={sorted} />
        </button>
      ) : (
        <span className={column.headerHidden ? 'sr-only' : 'block truncate'}>{column.header}</span>
      )}
    </th>
  )
}

function SortArrow({ sorted }: { sorted: 'ascending' | 'descending' | undefined }) {
  const look = 'size-3 shrink-0 stroke-2'
  if (sorted === 'descending') return <ArrowDown aria-hidden className={look} />
  if (sorted === 'ascending') return <ArrowUp aria-hidden className={look} />
  return null
}
