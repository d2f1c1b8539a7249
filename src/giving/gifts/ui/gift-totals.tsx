'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Money } from '@/ui/money'
import type { GiftListInput } from './gift-list-input'

/** What the gifts of the list add up to, a currency at a time; in-kind ones beside it. */
export function GiftTotals({ input }: { input: GiftListInput }) {
  const t = useTranslations('gifts.total')
  const trpc = useTRPC()
  const sums =
    useQuery(trpc.gifts.totals.queryOptions(input, { placeholderData: (previous) => previous })).data?.sums ?? []
  if (input.show !== 'counted' || sums.length === 0) return null
  return (
    <dl className="mb-3 flex flex-wrap gap-x-6 gap-y-1" aria-label={t('label')}>
      {sums.map((sum) => (
        <div key={sum.currency} className="flex flex-wrap items-baseline gap-x-2">
          <dt className="sr-only">{sum.currency}</dt>
          <dd className="font-bold text-touch">
            <Money value={{ amount: sum.total, currency: sum.currency }} />
          </dd>
          <dd className="text-ink-2 text-table">
            {t('gifts', { count: sum.gifts })}
            {sum.inKind > 0 && (
              <>
                {' · '}
                {t('inKind', { count: sum.inKind })}{' '}
                <Money value={{ amount: sum.inKindTotal, currency: sum.currency }} />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
