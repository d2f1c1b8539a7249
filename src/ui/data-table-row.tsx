'use client'

import Link from 'next/link'
import type { MouseEvent, ReactNode } from 'react'
import { Checkbox } from './checkbox'
import { cx } from './class-names'
import { alignStyles, hideBelowStyles } from './data-table-head'
import type { ColumnLook, PhonePlace } from './data-table-model'

export type Density = 'normal' | 'dense' | 'photo'

const heights: Record<Density, string> = { normal: 'sm:h-10', dense: 'sm:h-9', photo: 'sm:h-16' }

/** On a phone the row wraps like a paragraph: title and aside on the first line, the rest after the break. */
const phonePlaces: Record<PhonePlace, string> = {
  title: 'max-sm:order-2 max-sm:min-w-0 max-sm:flex-1 max-sm:whitespace-normal max-sm:font-medium max-sm:text-body',
  aside: 'max-sm:order-3 max-sm:text-right',
  mark: 'max-sm:order-1',
  line: 'max-sm:order-5 max-sm:text-left max-sm:text-ink-2 max-sm:empty:hidden',
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
  index: number
  measure?: ((element: Element | null) => void) | undefined
}

export function DataTableRow<Row>(props: RowProps<Row>) {
  const { id, row, columns, density, active, open, muted, selection, href, onOpen, onFocus, actions, index, measure } =
    props
  const hasPhoto = columns.some((column) => column.phone === 'photo')
  function openByClick(event: MouseEvent<HTMLElement>) {
    if (isOwnControl(event)) return
    event.currentTarget.querySelector<HTMLElement>('[data-opens]')?.click()
  }
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
        (href || onOpen) && 'cursor-pointer',
        muted && 'text-ink-3',
      )}
    >
      {selection && (
        // biome-ignore lint/a11y/noRedundantRoles: as above
        <td role="cell" className={cx(cellStyles, 'w-8 pr-0 max-sm:order-0')}>
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
        // biome-ignore lint/a11y/noRedundantRoles: as above
        <td role="cell" className={cx(cellStyles, 'overflow-visible! max-sm:absolute max-sm:right-2 max-sm:bottom-2')}>
          <div className={actionStyles}>{actions}</div>
        </td>
      )}
    </tr>
  )
}

const rowStyles =
  'group/row relative text-table outline-none hover:bg-hover aria-selected:bg-wheat-fill/45 data-open:bg-wheat-fill/70 focus-visible:shadow-[inset_2px_0_0_var(--wheat)] max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:border-line max-sm:border-b max-sm:px-3 max-sm:py-3 max-sm:before:order-4 max-sm:before:basis-full max-sm:before:content-[""]'

const cellStyles =
  'truncate px-2 first:pl-3 last:pr-3 max-sm:block max-sm:p-0 max-sm:first:pl-0 max-sm:last:pr-0 sm:border-line sm:border-b'

/** Hidden until wanted, where there is a pointer that can hover; always there for a finger. */
const actionStyles =
  'flex items-center justify-end gap-0.5 pointer-fine:opacity-0 pointer-fine:transition-opacity pointer-fine:group-focus-within/row:opacity-100 pointer-fine:group-hover/row:opacity-100 pointer-fine:group-focus/row:opacity-100 pointer-fine:has-data-popup-open:opacity-100'

function isOwnControl(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target instanceof Element ? event.target : null
  const selecting = window.getSelection()?.type === 'Range'
  return (
    selecting ||
    !target ||
    !event.currentTarget.contains(target) ||
    target.closest('a,button,input,label,[role="checkbox"]') !== null
  )
}

type OpenerProps = { href?: string | undefined; onOpen?: (() => void) | undefined; children: ReactNode }

/** The title is the real link or button; a click anywhere on the row presses it. */
function Opener({ href, onOpen, children }: OpenerProps) {
  const look =
    'block max-w-full truncate text-left font-medium text-ink hover:underline max-sm:line-clamp-2 max-sm:whitespace-normal underline-offset-3'
  if (href) {
    return (
      <Link href={href} scroll={false} tabIndex={-1} data-opens className={look}>
        {children}
      </Link>
    )
  }
  if (!onOpen) return <>{children}</>
  return (
    <button type="button" tabIndex={-1} data-opens onClick={onOpen} className={look}>
      {children}
    </button>
  )
}
