'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useRef } from 'react'
import { cx } from './class-names'
import { DataTableBody, type DrawRow } from './data-table-body'
import { DataTableHead } from './data-table-head'
import { type Column, type Density, type Sort, withPhonePlace } from './data-table-model'
import { DataTableRow } from './data-table-row'
import { TableSkeleton } from './data-table-skeleton'
import { ErrorState } from './error-state'
import { late } from './late'
import { useRowModel } from './use-row-model'
import { useTableKeys } from './use-table-keys'

const BulkBar = late(() => import('./bulk-bar').then((module) => module.BulkBar))

export type DataTableProps<Row extends object> = {
  /** What the table lists, for screen readers: "Watches". */
  label: string
  columns: readonly Column<Row>[]
  /** Keep it stable between renders (a query's data, a memo). */
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** A name for a row where its checkbox or menu needs one; the row's id when left out. */
  rowName?: (row: Row) => string
  state?: 'ready' | 'loading' | 'error'
  onRetry?: () => void
  /** Shown when there are no rows: an `<EmptyState>`. */
  empty: ReactNode
  /** Where the title leads; also what a click on the row and Enter do … */
  rowHref?: (row: Row) => string
  /** … or a function instead of a link. */
  onOpen?: (row: Row) => void
  /** The row whose record is open beside the table. */
  openId?: string | null
  /** Give `sort` and `onSortChange` to keep it in the URL; `serverSort` when the rows come sorted. */
  sort?: Sort | null
  defaultSort?: Sort
  onSortChange?: (sort: Sort | null) => void
  serverSort?: boolean
  /** Turns selection on. Gets the chosen rows; `clear` after the deed. */
  bulkActions?: (rows: Row[], clear: () => void) => ReactNode
  /** Quick actions at the end of a row, seen on hover. */
  rowActions?: (row: Row) => ReactNode
  /** The row's ⋯ menu, always in sight. */
  rowMenu?: (row: Row) => ReactNode
  /** One-letter keys for the focused row: `{ e: ignore, f: favourite }`. */
  rowKeys?: Readonly<Record<string, (row: Row) => void>>
  /** Whether J, K and X work here; false for a second table on the page. */
  keys?: boolean
  density?: Density
  isMuted?: (row: Row) => boolean
  /** Under the rows: "Load more", a total. */
  footer?: ReactNode
}

/** The list of everything: sorts, selects, moves by keyboard, draws only what is in sight, becomes cards on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, empty, state = 'ready', density = 'normal', onRetry } = props
  const look = useMemo(() => columns.map(withPhonePlace), [columns])
  if (state === 'error') return <ErrorState onRetry={onRetry} />
  if (state === 'loading') return <TableSkeleton label={label} columns={look} density={density} />
  if (rows.length === 0) return <>{empty}</>
  return <FullTable {...props} />
}

function FullTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, density = 'normal', keys = true, footer, bulkActions } = props
  const root = useRef<HTMLDivElement>(null)
  const reveal = useRef<((index: number) => void) | null>(null)
  const look = useMemo(() => columns.map(withPhonePlace), [columns])
  const model = useRowModel(props)
  const head = useHead(props, model)
  const moving = useTableKeys({
    root,
    rows: model.rows,
    enabled: keys,
    reveal: (index) => reveal.current?.(index),
    onToggle: bulkActions && ((id) => model.choose(id, !model.isChosen(id))),
    rowKeys: props.rowKeys,
  })
  const nameSelection = useSelectionNames(props)
  const draw: DrawRow = (index, measure) => {
    const entry = model.rows[index]
    if (!entry) return null
    const { id, row } = entry
    return (
      <DataTableRow
        key={id}
        id={id}
        row={row}
        index={index}
        columns={look}
        density={density}
        measure={measure}
        active={moving.activeId === id}
        open={props.openId === id}
        muted={props.isMuted?.(row) ?? false}
        href={props.rowHref?.(row)}
        onOpen={props.onOpen}
        onFocus={moving.setActiveId}
        actions={props.rowActions?.(row)}
        menu={props.rowMenu?.(row)}
        selection={
          bulkActions && {
            checked: model.isChosen(id),
            onChange: (wanted) => model.choose(id, wanted),
            label: nameSelection(row),
          }
        }
      />
    )
  }
  const clear = () => model.chooseAll(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the keys of its rows, which take the focus
    <div ref={root} onKeyDown={moving.onKeyDown} className={cx('min-w-0', model.chosen.length > 0 && 'pb-20')}>
      {/* biome-ignore lint/a11y/noRedundantRoles: `display` on a phone takes the native role away, this one stays */}
      <table role="table" aria-label={label} aria-rowcount={model.rows.length + 1} className={tableStyles}>
        <DataTableHead columns={look} {...head} />
        <DataTableBody
          root={root}
          count={model.rows.length}
          density={density}
          draw={draw}
          reveal={reveal}
          onRedrawn={moving.refocus}
        />
      </table>
      {footer}
      {bulkActions && model.chosen.length > 0 && (
        <BulkBar count={model.chosen.length} onClear={clear}>
          {bulkActions(model.chosen, clear)}
        </BulkBar>
      )}
    </div>
  )
}

const tableStyles = 'w-full table-fixed border-separate border-spacing-0 max-sm:block'

/** What the head shows and does. */
function useHead<Row extends object>(props: DataTableProps<Row>, model: ReturnType<typeof useRowModel<Row>>) {
  const t = useTranslations('ui.table')
  const widths = [...(props.rowActions ? ['0px'] : []), ...(props.rowMenu ? ['40px'] : [])]
  return {
    sort: model.sort,
    onSort: model.sortBy,
    actions: { label: t('actions'), widths },
    selectAll: props.bulkActions && {
      checked: model.isAllChosen,
      some: model.chosen.length > 0,
      onChange: model.chooseAll,
      label: t('selectAll'),
    },
  }
}

function useSelectionNames<Row extends object>({ rowName, rowId }: DataTableProps<Row>): (row: Row) => string {
  const t = useTranslations('ui.table')
  return (row) => t('select', { name: (rowName ?? rowId)(row) })
}
