import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from './class-names'

type StatProps = {
  label: string
  value: ReactNode
  /** A change, a sample size, a period. */
  note?: ReactNode
  /** The rows that make the figure. */
  href?: string
  /** The one big number of a page; the others stay at text size. */
  big?: boolean
}

export function Stat({ label, value, note, href, big = false }: StatProps) {
  const figure = (
    <span className={cx('figures font-bold', big ? 'text-figure tracking-[-0.02em]' : 'text-touch')}>{value}</span>
  )
  return (
    <div className="min-w-0">
      <p className="text-ink-3 text-meta">{label}</p>
      {href ? (
        <Link href={href} className="block rounded-control decoration-line-strong underline-offset-4 hover:underline">
          {figure}
        </Link>
      ) : (
        <div>{figure}</div>
      )}
      {note && <p className="text-ink-3 text-meta">{note}</p>}
    </div>
  )
}
