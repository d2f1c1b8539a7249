'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { addMoney, compareMoney, formatMoney, money } from '@/kernel/money'
import { type MoneyValue, toKernelMoney } from './money'

type ThermometerProps = {
  label: string
  inHand: MoneyValue
  promised: MoneyValue
  goal: MoneyValue
  /** The rows that make the two figures. */
  hrefs?: { readonly inHand: string; readonly promised: string }
}

/** How far to the goal: in hand, promised, still missing. The words carry it; the bar only shows it. */
export function Thermometer({ label, inHand, promised, goal, hrefs }: ThermometerProps) {
  const t = useTranslations('ui.thermometer')
  const locale = useLocale()
  const whole = toKernelMoney(goal)
  const together = addMoney(toKernelMoney(inHand), toKernelMoney(promised))
  const missing = money(compareMoney(together, whole) < 0 ? whole.amount - together.amount : 0n, whole.currency)
  const rows = [
    { key: t('inHand'), value: toKernelMoney(inHand), mark: 'bg-sage', href: hrefs?.inHand },
    { key: t('promised'), value: toKernelMoney(promised), mark: 'bg-sage/45', href: hrefs?.promised },
    { key: t('gap'), value: missing, mark: 'border border-edge bg-card', href: undefined },
  ]
  return (
    <figure>
      <figcaption className="flex items-baseline justify-between gap-3">
        <span className="font-bold">{label}</span>
        <span className="figures text-ink-3 text-meta">{t('goal', { goal: formatMoney(whole, locale) })}</span>
      </figcaption>
      <div aria-hidden className="my-2 flex h-3 overflow-hidden rounded-full border border-edge bg-card">
        <span className="bg-sage" style={{ width: share(inHand, goal) }} />
        <span className="bg-sage/45" style={{ width: share(promised, goal) }} />
      </div>
      <dl className="grid grid-cols-3 gap-2">
        {rows.map(({ key, value, mark, href }) => (
          <div key={key} className="min-w-0">
            <dt className="flex items-center gap-1.5 text-ink-3 text-meta">
              <span aria-hidden className={`size-2 shrink-0 rounded-full ${mark}`} />
              {key}
            </dt>
            <dd className="figures font-medium text-table">
              {href ? (
                <Link href={href} className="inline-flex min-h-6 items-center underline underline-offset-4">
                  {formatMoney(value, locale)}
                </Link>
              ) : (
                <span className="inline-flex min-h-6 items-center">{formatMoney(value, locale)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  )
}

/** Tenths of a percent, for a width on the screen alone. */
function share(part: MoneyValue, whole: MoneyValue): string {
  if (BigInt(whole.amount) <= 0n) return '0%'
  const tenths = Number((BigInt(part.amount) * 1000n) / BigInt(whole.amount))
  return `${Math.min(tenths, 1000) / 10}%`
}
