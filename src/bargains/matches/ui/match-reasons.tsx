'use client'

import { Check, CircleHelp, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatMoney } from '@/kernel/money'
import { cx } from '@/ui/class-names'
import type { Condition } from '../rules'
import type { ShownMatch } from '../schema'

type Reason = ShownMatch['reasons'][number]

/** Each condition of the filter with what the advert answered. */
export function MatchReasons({ reasons }: { reasons: readonly Reason[] }) {
  const t = useTranslations('matches.reason')
  if (reasons.length === 0) return <p className="text-ink-2 text-table">{t('none')}</p>
  return (
    <ul className="flex flex-col gap-1 text-table">
      {reasons.map((reason) => (
        <ReasonLine key={`${reason.negated} ${JSON.stringify(reason.condition)}`} reason={reason} />
      ))}
    </ul>
  )
}

function ReasonLine({ reason }: { reason: Reason }) {
  const t = useTranslations('matches.reason')
  const words = useConditionWords()
  // Stored by the scan, in the form that `rules.ts` gives conditions.
  const condition = reason.condition as Condition
  const good = reason.truth !== 'unknown' && (reason.truth === 'yes') !== reason.negated
  const Icon = reason.truth === 'unknown' ? CircleHelp : good ? Check : X
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={cx('mt-0.5 size-3.5 shrink-0', good ? 'text-good' : 'text-ink-3')} />
      <span>
        {words(condition)} <span className="text-ink-3">{t(`answer.${reason.truth}`)}</span>
      </span>
    </li>
  )
}

/** "Price at most 900 zł", "“gazelle” in the title". */
export function useConditionWords(): (condition: Condition) => string {
  const t = useTranslations('matches.reason')
  const locale = useLocale()
  return (condition) => {
    if (condition.on !== 'price') return t(`${condition.on}.${condition.is}`, { value: condition.value })
    const { amount, currency } = condition
    return t(`price.${condition.is}`, { price: formatMoney({ amount: BigInt(amount), currency }, locale) })
  }
}
