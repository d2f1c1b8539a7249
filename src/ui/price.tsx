'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatMoney, percentDrop } from '@/kernel/money'
import { cx } from './class-names'
import { type MoneyValue, toKernelMoney } from './money'

type PriceProps = {
  kind: 'fixed' | 'free' | 'exchange' | 'on_request' | 'unknown'
  /** Null unless `fixed`. */
  value: MoneyValue | null
  /** The price before, when it changed: struck through, with the change in percent. */
  before?: MoneyValue | null
  className?: string
}

/** What an advert asks, in each of its ways. A price that could not be read is never shown as 0. */
export function Price({ kind, value, before, className }: PriceProps) {
  const t = useTranslations('ui.price')
  const locale = useLocale()
  if (!value) return <span className={cx('text-ink-2', className)}>{t(kind === 'fixed' ? 'unknown' : kind)}</span>
  return (
    <span className={cx('figures inline-flex items-baseline gap-1.5 whitespace-nowrap', className)}>
      <span className="font-bold">{formatMoney(toKernelMoney(value), locale)}</span>
      {before && before.currency === value.currency && <Change now={value} before={before} />}
    </span>
  )
}

function Change({ now, before }: { now: MoneyValue; before: MoneyValue }) {
  const t = useTranslations('ui.price')
  const locale = useLocale()
  const was = formatMoney(toKernelMoney(before), locale)
  const drop = percentDrop(toKernelMoney(before), toKernelMoney(now))
  return (
    <>
      <s aria-hidden className="text-ink-3 text-meta">
        {was}
      </s>
      <span aria-hidden className={cx('font-medium text-meta', drop > 0 ? 'text-good-ink' : 'text-warn-ink')}>
        {drop > 0 ? `−${drop}` : `+${-drop}`} %
      </span>
      <span className="sr-only">
        {t('was', { price: was })}, {drop > 0 ? t('drop', { percent: drop }) : t('rise', { percent: -drop })}
      </span>
    </>
  )
}
