'use client'

import { Ellipsis, Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { cx } from './class-names'
import { Menu } from './menu'
import { phonePlaces } from './shell-choices'
import type { ShellCreation, ShellEntry } from './shell-types'

type BottomBarProps = { entries: readonly ShellEntry[]; current: string | null; creation: ShellCreation | null }

/** The phone's navigation: five places at most, the last one opens the rest; New floats above it. */
export function ShellBottomBar({ entries, current, creation }: BottomBarProps) {
  const t = useTranslations('shell')
  const { shown, rest } = phonePlaces(entries)
  return (
    <nav
      aria-label={t('navigation')}
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-card pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {shown.map((entry) => (
        <Link
          key={entry.id}
          href={entry.href}
          aria-current={entry.id === current ? 'page' : undefined}
          className={cx(placeStyles, entry.id === current && currentStyles)}
        >
          {entry.icon}
          <span className="max-w-full truncate px-0.5">{entry.label}</span>
          {entry.count > 0 && <span className="sr-only">{t('unread', { count: entry.count })}</span>}
        </Link>
      ))}
      {creation && (
        <Link
          href={creation.href}
          aria-label={creation.label}
          data-print="hide"
          className="fixed right-4 bottom-[calc(72px+env(safe-area-inset-bottom))] z-20 flex size-12 items-center justify-center rounded-full bg-ink text-paper shadow-lift sm:hidden [body:has([data-bulk])_&]:hidden"
        >
          <Plus aria-hidden className="size-5" />
        </Link>
      )}
      {rest.length > 0 && (
        <Menu
          label={t('more')}
          side="top"
          items={rest.map(({ label, href, icon }) => ({ label, href, icon }))}
          trigger={
            <button
              type="button"
              className={cx(placeStyles, rest.some((entry) => entry.id === current) && currentStyles)}
            >
              <Ellipsis aria-hidden />
              <span>{t('more')}</span>
            </button>
          }
        />
      )}
    </nav>
  )
}

const placeStyles =
  'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] text-ink-3 leading-4 [&_svg]:size-5 [&_svg]:stroke-[1.75]'
const currentStyles = 'font-medium text-ink [&_svg]:text-wheat-ink'
