import { cx } from './class-names'
import { DataTableHead, hideBelowStyles } from './data-table-head'
import type { ColumnLook, Density } from './data-table-model'
import { Skeleton } from './skeleton'

type TableSkeletonProps<Row> = { label: string; columns: readonly ColumnLook<Row>[]; density: Density }

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const heights: Record<Density, string> = { normal: 'h-10', dense: 'h-9', photo: 'h-16' }

/** The table's own head over grey rows, so that nothing jumps when they come. */
export function TableSkeleton<Row>({ label, columns, density }: TableSkeletonProps<Row>) {
  return (
    <table aria-label={label} aria-busy className="w-full table-fixed border-separate border-spacing-0">
      <DataTableHead columns={columns} sort={null} onSort={() => {}} />
      <tbody>
        {ROWS.map((row, place) => (
          <tr key={row} className={heights[density]}>
            {columns.map((column, columnPlace) => (
              <td
                key={column.id}
                className={cx(
                  'border-line border-b px-2 first:pl-3 last:pr-3',
                  column.hideBelow && hideBelowStyles[column.hideBelow],
                  column.phone !== 'title' && 'max-sm:hidden',
                )}
              >
                <Skeleton className={cx('h-3', widths[(place + columnPlace) % widths.length])} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const widths = ['w-3/4', 'w-1/2', 'w-2/3']
