'use client'

import { useTranslations } from 'next-intl'
import { DateTime } from '@/ui/date-time'
import { Money } from '@/ui/money'
import { PriceChart } from '@/ui/price-chart'
import type { ShownMatch } from '../schema'

/** Prices of one currency as steps over time; a single one is a sentence. */
export function PriceHistory({ match }: { match: ShownMatch }) {
  const t = useTranslations('matches.panel')
  const currency =
    match.listing.price.currency ?? match.history.findLast((point) => point.price.currency)?.price.currency
  const points = match.history.flatMap(({ at, state, price }) =>
    state === 'open' && price.amount !== null && price.currency === currency ? [{ at, amount: price.amount }] : [],
  )
  const [only] = points
  if (!currency || !only) return <p className="text-ink-2 text-table">{t('noPrices')}</p>
  if (points.length === 1) {
    return (
      <p className="text-ink-2 text-table">
        {t.rich('onePrice', {
          price: () => <Money value={{ amount: only.amount, currency }} />,
          since: () => <DateTime value={only.at} show="date" />,
        })}
      </p>
    )
  }
  const until = match.listing.goneAt ?? match.listing.lastSeenAt
  return (
    <PriceChart label={t('chart', { title: match.listing.title })} currency={currency} points={points} until={until} />
  )
}
