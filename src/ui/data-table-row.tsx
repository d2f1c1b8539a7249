'use client'

import type { ReactNode } from 'react'
import { Checkbox } from './checkbox'
import { cx } from './class-names'
import { alignStyles, hideBelowStyles } from './data-table-head'
import type { ColumnLook, Density, PhonePlace } from './data-table-model'
import { Opener, openByClick } from './data-table-opener'

const heights: Record<Density, string> = { normal: 'sm:h-10', dense: 'sm:h-9', photo: 'sm:h-16' }

/** On a phone the row wraps like a paragraph: title and, where it fits, aside on the first line, the rest after the break. */
const phonePlaces: Record<PhonePlace, string> = {
  title: 'truncate max-sm:order-2 max-sm:min-w-[62%] max-sm:flex-1 max-sm:text-body',
  aside: 'truncate max-sm:order-3',
  mark: 'max-sm:order-1 sm:pr-0',
  line: 'truncate max-sm:order-5 max-sm:text-left max-sm:text-ink-2 max-sm:empty:hidden',
  photo: 'max-sm:absolute max-sm:top-3 max-sm:left-3',
  hidden: 'max-sm:hidden',
}

export type RowProps<Row> = {
  id: string
  row: Row
  columns: readonly ColumnLook<Row>[]
  density: Density
  active: boolean
  open: boolean
  muted: boolean
  selection?: { checked: boolean; onChange: (checked: boolean) => void; label: string } | undefined
  href?: string | undefined
  onOpen?: ((row: Row) => void) | undefined
  onFocus: (id: string) => void
  actions?: ReactNode
  menu?: ReactNode
  index: number
  measure?: ((element: Element | null) => void) | undefined
}

export function DataTableRow<Row>(props: RowProps<Row>) {
  const {
    id,
    row,
    columns,
    density,
    active,
    open,
    muted,
    selection,
    href,
    onOpen,
    onFocus,
    actions,
    menu,
    index,
    measure,
  } = props
  const hasPhoto = columns.some((column) => column.phone === 'photo')
  return (
    <tr
      ref={measure}
      // biome-ignore lint/a11y/noRedundantRoles: `display` on a phone takes the native role away, this one stays
      role="row"
      tabIndex={active ? 0 : -1}
      data-index={index}
      data-row-id={id}
      data-open={open || undefined}
      aria-selected={selection ? selection.checked : undefined}
      aria-rowindex={index + 2}
      onFocus={() => onFocus(id)}
      onClick={openByClick}
      className={cx(
        rowStyles,
        heights[density],
        hasPhoto && 'max-sm:min-h-20 max-sm:pl-20',
        selection && 'max-sm:pr-12',
        (href || onOpen) && 'cursor-pointer',
        muted && 'text-ink-3',
      )}
    >
      {selection && (
        // biome-ignore lint/a11y/noRedundantRoles: as above
        <td role="cell" className={cx(cellStyles, 'pr-0 max-sm:absolute max-sm:top-3 max-sm:right-3')}>
          <Checkbox {...selection} className="opacity-60 group-hover/row:opacity-100 data-checked:opacity-100" />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          // biome-ignore lint/a11y/noRedundantRoles: as above
          role="cell"
          className={cx(
            cellStyles,
            alignStyles[column.align ?? 'start'],
            column.align === 'end' && 'figures',
            column.hideBelow && hideBelowStyles[column.hideBelow],
            phonePlaces[column.phone],
          )}
        >
          {column.phone === 'title' ? (
            <Opener href={href} onOpen={onOpen && (() => onOpen(row))}>
              {column.cell(row)}
            </Opener>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
      {actions !== undefined && (
        <td
          // biome-ignore lint/a11y/noRedundantRoles: as above
          role="cell"
          className={cx(cellStyles, 'relative px-0! max-sm:static max-sm:order-7 max-sm:-my-1.5 max-sm:ml-auto')}
        >
          <div className={actionStyles}>{actions}</div>
        </td>
      )}
      {menu !== undefined && (
        // biome-ignore lint/a11y/noRedundantRoles: as above
        <td role="cell" className={cx(cellStyles, 'px-1 text-right max-sm:order-8 max-sm:-my-1.5 max-sm:ml-auto')}>
          {menu}
        </td>
      )}
    </tr>
  )
}

const rowStyles =
  'group/row relative bg-(--row) text-table outline-none [--row:transparent] hover:[--row:var(--hover)] aria-selected:[--row:color-mix(in_oklab,var(--wheat-fill)_50%,transparent)] data-open:[--row:color-mix(in_oklab,var(--wheat-fill)_60%,transparent)] focus-visible:shadow-[inset_2px_0_0_var(--wheat)] max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-line max-sm:border-b max-sm:px-3 max-sm:py-3 max-sm:before:order-4 max-sm:before:basis-full max-sm:before:content-[""]'

const cellStyles = 'px-2 first:pl-3 last:pr-3 max-sm:block max-sm:p-0! sm:border-line sm:border-b'

/**
 * With a pointer that can hover: over the end of the row, on its own ground, only while wanted. For a finger: always there,
 * at the end of the last line.
 */
const actionStyles =
  'flex items-center justify-end gap-0.5 pointer-fine:absolute pointer-fine:inset-y-px pointer-fine:right-0 pointer-fine:bg-(--ground,var(--paper)) pointer-fine:bg-[linear-gradient(var(--row),var(--row))] pointer-fine:px-2 pointer-fine:opacity-0 pointer-fine:group-focus-within/row:opacity-100 pointer-fine:group-hover/row:opacity-100 pointer-fine:group-focus/row:opacity-100 pointer-fine:has-data-popup-open:opacity-100'
