import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

type PageHeaderProps = {
  title: ReactNode
  /** A sentence of facts: "Read 2 minutes ago, 41 adverts, next in 8 minutes". */
  summary?: ReactNode
  /** In front of the title: a status dot. */
  mark?: ReactNode
  actions?: ReactNode
  /** The list that this page came from. */
  back?: { href: string; label: string }
  /** Tabs or filters under it. */
  children?: ReactNode
}

/** The top of every page: its one h1, the facts, the buttons. */
export function PageHeader({ title, summary, mark, actions, back, children }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          {back && (
            <Link
              href={back.href}
              className="-ml-1 mb-0.5 inline-flex items-center text-ink-3 text-table hover:text-ink"
              data-print="hide"
            >
              <ChevronLeft aria-hidden className="size-4" />
              {back.label}
            </Link>
          )}
          <div className="flex items-center gap-2">
            {mark}
            <h1 className="min-w-0 font-bold text-title tracking-[-0.01em]">{title}</h1>
          </div>
          {summary && <p className="mt-0.5 text-ink-2 text-table">{summary}</p>}
        </div>
        {actions && (
          <div className="flex flex-wrap items-center gap-2" data-print="hide">
            {actions}
          </div>
        )}
      </div>
      {children}
    </header>
  )
}
