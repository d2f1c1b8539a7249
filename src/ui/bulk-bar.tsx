'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button'

type BulkBarProps = { count: number; onClear: () => void; children: ReactNode }

/** Comes from below while rows are selected. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useTranslations('ui')
  return (
    <section
      aria-label={t('table.bulk')}
      data-bulk
      data-print="hide"
      className="fixed inset-x-4 bottom-6 z-30 mx-auto flex w-fit max-w-[calc(100vw-32px)] items-center gap-1.5 rounded-card border border-line-strong bg-raised p-1.5 pl-3.5 shadow-lift max-sm:bottom-20"
    >
      <span className="figures mr-1 whitespace-nowrap font-medium" aria-live="polite">
        {t('table.selected', { count })}
      </span>
      <div className="flex min-w-0 flex-wrap items-center gap-1">{children}</div>
      <IconButton size="small" label={t('table.clear')} icon={<X aria-hidden />} onClick={onClear} />
    </section>
  )
}
