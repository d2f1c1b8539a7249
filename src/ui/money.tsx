'use client'

import { useLocale } from 'next-intl'
import { formatMoney } from '@/kernel/money'
import { cx } from './class-names'

/** Minor units; a string where they came through JSON. */
export type MoneyValue = { amount: bigint | string; currency: string }

export function toKernelMoney({ amount, currency }: MoneyValue): { amount: bigint; currency: string } {
  return { amount: BigInt(amount), currency }
}

export function Money({ value, className }: { value: MoneyValue; className?: string }) {
  const locale = useLocale()
  return <span className={cx('figures whitespace-nowrap', className)}>{formatMoney(toKernelMoney(value), locale)}</span>
}
