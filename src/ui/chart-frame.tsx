import type { ReactNode } from 'react'

type ChartFrameProps = {
  label: string
  note?: ReactNode
  /** The same as a table, for those who cannot see the drawing. */
  head: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  children: ReactNode
}

/** A drawing and its twin in words. */
export function ChartFrame({ label, note, head, rows, children }: ChartFrameProps) {
  return (
    <figure className="relative min-w-0">
      <div aria-hidden className="h-44 w-full text-meta">
        {children}
      </div>
      {/* A table does not shrink by itself: the box around it does. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                {row.cells.map((cell, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <td key={place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note && <figcaption className="figures mt-1 text-ink-3 text-meta">{note}</figcaption>}
    </figure>
  )
}
