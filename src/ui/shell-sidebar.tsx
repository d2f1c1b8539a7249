'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Brand } from './brand'
import { cx } from './class-names'
import type { ShellActions, ShellData, ShellEntry } from './shell-types'
import { WorkspaceMenu } from './workspace-menu'

type SidebarProps = { data: ShellData; entries: readonly ShellEntry[]; current: string | null; actions: ShellActions }

export function ShellSidebar({ data, entries, current, actions }: SidebarProps) {
  const t = useTranslations('shell')
  const sections = groupBySection(entries)
  return (
    <aside
      data-print="hide"
      className="sticky top-0 flex h-dvh w-52 shrink-0 flex-col gap-1 overflow-y-auto border-line border-r bg-well px-2.5 pb-3 max-sm:hidden"
    >
      <Link href={entries[0]?.href ?? '/'} className="flex h-12 shrink-0 items-center rounded-control px-2">
        <Brand name={t('name')} />
      </Link>
      <WorkspaceMenu data={data} actions={actions} className="w-full" />
      <nav aria-label={t('navigation')} className="mt-2 flex flex-1 flex-col">
        {sections.map(({ section, entries: own }) => (
          <div key={section ?? 'rest'} className={section !== null ? 'mb-3' : 'mt-auto border-line border-t pt-3'}>
            {section && <p className="px-2 pb-1 font-medium text-ink-3 text-meta">{section}</p>}
            <ul className="flex flex-col gap-px">
              {own.map((entry) => (
                <li key={entry.id}>
                  <SidebarLink entry={entry} isCurrent={entry.id === current} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </aside>
  )
}

function SidebarLink({ entry, isCurrent }: { entry: ShellEntry; isCurrent: boolean }) {
  const t = useTranslations('shell')
  return (
    <Link
      href={entry.href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-control px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink [&_svg]:size-4 [&_svg]:stroke-[1.75]',
        isCurrent && 'bg-press font-medium text-ink [&_svg]:text-wheat-ink',
      )}
    >
      {entry.icon}
      <span className="flex-1 truncate">{entry.label}</span>
      {entry.count > 0 && (
        <span className="figures text-ink-3 text-meta" title={t('unread', { count: entry.count })}>
          {entry.count}
        </span>
      )}
    </Link>
  )
}

type Section = { section: string | null; entries: ShellEntry[] }

/** In the order given; what has no heading comes last. */
function groupBySection(entries: readonly ShellEntry[]): Section[] {
  const names = [...new Set(entries.map((entry) => entry.section))].sort(
    (a, b) => Number(a === null) - Number(b === null),
  )
  return names.map((section) => ({ section, entries: entries.filter((entry) => entry.section === section) }))
}
