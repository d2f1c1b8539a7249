'use client'

import { type RowSelectionState, type SortingState, type Updater, useTable } from '@tanstack/react-table'
import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { BulkBar } from './bulk-bar'
import { cx } from './class-names'
import { DataTableHead } from './data-table-head'
import { type Column, type ColumnLook, features, type Sort, toColumnDefs } from './data-table-model'
import { pressOpener } from './data-table-opener'
import { DataTableRow, type Density } from './data-table-row'
import { TableSkeleton } from './data-table-skeleton'
import { ErrorState } from './error-state'
import { isAfterPrefix } from './use-shortcut'
import { useTableKeys } from './use-table-keys'
import { useWindowRows } from './use-window-rows'

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
  const { label, columns, rowId, empty, state = 'ready', density = 'normal', keys = true, footer } = props
  const t = useTranslations('ui.table')
  const root = useRef<HTMLDivElement>(null)
  const look = useMemo(() => columns.map(withPhonePlace), [columns])
  const table = useRows(props)
  const models = table.getRowModel().rows
  const shown = useWindowRows(root, models.length, density)
  const selectable = Boolean(props.bulkActions)
  const moving = useTableKeys({
    root,
    ids: models.map((model) => model.id),
    enabled: keys && models.length > 0,
    reveal: shown.reveal,
    onToggle: selectable ? (id) => table.getRow(id).toggleSelected() : undefined,
  })
  const chosen = table.getSelectedRowModel().rows.map((model) => model.original)
  const sort = table.state.sorting[0] ?? null
  const name = (row: Row) => props.rowName?.(row) ?? rowId(row)

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const element = event.target instanceof HTMLElement ? event.target : null
    if (!element?.matches('[data-row-id]') || event.metaKey || event.ctrlKey || event.altKey || isAfterPrefix()) return
    const model = models.find((candidate) => candidate.id === element.dataset.rowId)
    const run = model && actionFor(event.key, element, () => props.rowKeys?.[event.key.toLowerCase()]?.(model.original))
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moving.move(event.key === 'ArrowDown' ? 1 : -1)
    else if (!run) return
    else run()
    event.preventDefault()
  }

  function actionFor(key: string, element: HTMLElement, own: () => void): (() => void) | null {
    if (key === 'Enter') return () => pressOpener(element)
    return props.rowKeys?.[key.toLowerCase()] ? own : null
  }

  if (state === 'error') return <ErrorState onRetry={props.onRetry} />
  if (state === 'loading') return <TableSkeleton label={label} columns={look} density={density} />
  if (models.length === 0) return <>{empty}</>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the keys of its rows, which take the focus
    <div ref={root} onKeyDown={onKeyDown} className={cx('min-w-0', chosen.length > 0 && 'pb-20')}>
      {/* biome-ignore lint/a11y/noRedundantRoles: `display` on a phone takes the native role away, this one stays */}
      <table role="table" aria-label={label} aria-rowcount={models.length + 1} className={tableStyles}>
        <DataTableHead
          columns={look}
          sort={sort}
          onSort={(id) => table.getColumn(id)?.toggleSorting()}
          actions={{
            label: t('actions'),
            widths: [...(props.rowActions ? ['0px'] : []), ...(props.rowMenu ? ['40px'] : [])],
          }}
          selectAll={
            selectable
              ? {
                  checked: table.getIsAllRowsSelected(),
                  some: chosen.length > 0,
                  onChange: (all) => table.toggleAllRowsSelected(all),
                  label: t('selectAll'),
                }
              : undefined
          }
        />
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <tbody role="rowgroup" className="max-sm:block">
          <Spacer height={shown.before} />
          {models.slice(shown.from, shown.to).map((model, place) => (
            <DataTableRow
              key={model.id}
              id={model.id}
              row={model.original}
              index={shown.from + place}
              columns={look}
              density={density}
              measure={shown.measure}
              active={moving.activeId === model.id}
              open={props.openId === model.id}
              muted={props.isMuted?.(model.original) ?? false}
              href={props.rowHref?.(model.original)}
              onOpen={props.onOpen}
              onFocus={moving.setActiveId}
              actions={props.rowActions?.(model.original)}
              menu={props.rowMenu?.(model.original)}
              selection={
                selectable
                  ? {
                      checked: model.getIsSelected(),
                      onChange: (next) => model.toggleSelected(next),
                      label: t('select', { name: name(model.original) }),
                    }
                  : undefined
              }
            />
          ))}
          <Spacer height={shown.after} />
        </tbody>
      </table>
      {footer}
      {props.bulkActions && (
        <BulkBar count={chosen.length} onClear={() => table.resetRowSelection(true)}>
          {props.bulkActions(chosen, () => table.resetRowSelection(true))}
        </BulkBar>
      )}
    </div>
  )
}

const tableStyles = 'w-full table-fixed border-separate border-spacing-0 max-sm:block'

function withPhonePlace<Row>(column: Column<Row>, place: number): ColumnLook<Row> {
  return { ...column, phone: column.phone ?? (place === 0 ? 'title' : 'line') }
}

function Spacer({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} className="max-sm:block" /> : null
}

/** react-table with our sorting and selection, each controlled from outside or kept here. */
function useRows<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, sort, defaultSort, onSortChange, serverSort = false } = props
  const locale = useLocale()
  const [ownSort, setOwnSort] = useState<Sort | null>(defaultSort ?? null)
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({})
  const current = sort === undefined ? ownSort : sort
  const sorting = useMemo<SortingState>(() => (current ? [current] : []), [current])
  const defs = useMemo(() => toColumnDefs(columns, new Intl.Collator(locale, { numeric: true })), [columns, locale])
  const data = useMemo(() => [...rows], [rows])
  return useTable({
    features,
    data,
    columns: defs,
    getRowId: rowId,
    manualSorting: serverSort,
    state: { sorting, rowSelection },
    onSortingChange: (updater: Updater<SortingState>) => {
      const next = (typeof updater === 'function' ? updater(sorting) : updater)[0] ?? null
      setOwnSort(next)
      onSortChange?.(next)
    },
    onRowSelectionChange: setRowSelection,
  })
}
