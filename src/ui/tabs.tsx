import Link from 'next/link'
import { cx } from './class-names'

export type Tab = { id: string; label: string; href: string; count?: number }

type TabsProps = { label: string; tabs: readonly Tab[]; current: string }

/** Tabs that are links, so that each has an address, opens in a new window and comes back with Back. */
export function Tabs({ label, tabs, current }: TabsProps) {
  return (
    <nav aria-label={label} data-print="hide" className="-mb-px flex gap-5 overflow-x-auto border-line border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          href={tab.href}
          scroll={false}
          aria-current={tab.id === current ? 'page' : undefined}
          className={cx(
            '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-ink-2 transition-colors hover:text-ink pointer-coarse:h-11',
            tab.id === current && 'border-wheat font-medium text-ink',
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="figures font-normal text-ink-3 text-meta">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
