'use client'

import { CircleAlert, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from './button'
import { cx } from './class-names'

type ErrorStateProps = {
  /** What happened; a general sentence when left out. */
  title?: string
  /** What to do. */
  description?: string
  onRetry?: () => void
  /** What to tell whoever looks into the log. */
  code?: string
  className?: string
}

export function ErrorState({ title, description, onRetry, code, className }: ErrorStateProps) {
  const t = useTranslations('ui.error')
  return (
    <div role="alert" className={cx('flex flex-col items-center gap-1 px-6 py-14 text-center', className)}>
      <CircleAlert aria-hidden className="mb-2 size-6 stroke-[1.5] text-bad" />
      <p className="font-medium text-ink">{title ?? t('title')}</p>
      <p className="max-w-96 text-ink-2 text-table">{description ?? t('description')}</p>
      {code && <p className="figures text-ink-3 text-meta">{t('code', { code })}</p>}
      {onRetry && (
        <Button className="mt-3" icon={<RotateCw aria-hidden />} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
