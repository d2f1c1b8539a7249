'use client'

import { useTranslations } from 'next-intl'
import { DateTime } from '@/ui/date-time'
import { Money } from '@/ui/money'
import { PriceChart, PriceRangeNote } from '@/ui/price-chart'
import { FEWEST } from '../../prices/rules-comparables'
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
  const range = match.comparables
  const compared = range ? <PriceRangeNote currency={currency} range={range} /> : t('tooFew', { least: FEWEST })
  if (points.length === 1) {
    return (
      <>
        <p className="text-ink-2 text-table">
          {t.rich('onePrice', {
            price: () => <Money value={{ amount: only.amount, currency }} />,
            since: () => <DateTime value={only.at} show="date" />,
          })}
        </p>
        <p className="mt-1 text-ink-3 text-meta">{compared}</p>
        <DealScore match={match} />
      </>
    )
  }
  const until = match.listing.goneAt ?? match.listing.lastSeenAt
  const label = t('chart', { title: match.listing.title })
  return (
    <>
      <PriceChart label={label} currency={currency} points={points} range={range} until={until} />
      {!range && <p className="mt-1 text-ink-3 text-meta">{compared}</p>}
      <DealScore match={match} />
    </>
  )
}

/** How its price stands among the comparable ones; nothing where they are too few, or it names none. */
function DealScore({ match: { comparables } }: { match: ShownMatch }) {
  const t = useTranslations('matches.panel')
  if (!comparables || comparables.cheaperThan === null) return null
  return (
    <p className="mt-1 text-table">
      {t('cheaperThan', { percent: comparables.cheaperThan, count: comparables.count })}
    </p>
  )
}
