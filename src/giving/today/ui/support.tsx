'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { Money } from '@/ui/money'
import { Stat } from '@/ui/stat'
import { Thermometer } from '@/ui/thermometer'
import type { ShownToday } from '../schema'

type SupportProps = { data: ShownToday; whose: 'mine' | 'all'; maySetGoal: boolean }

/** Monthly equivalents of active pledges against the goal; without a goal, what they come to. */
export function Support({ data, whose, maySetGoal }: SupportProps) {
  const t = useTranslations('today.support')
  const { goal, currency, inHand, promised } = data
  const pledges = (show: 'active' | 'in_hand' | 'promised') =>
    `/pledges?show=${show}&currency=${currency}${whose === 'mine' ? '&whose=mine' : ''}`
  const hrefs = { inHand: pledges('in_hand'), promised: pledges('promised') }
  const worth = (amount: string) => ({ amount, currency })
  return (
    <Card title={goal === null ? t('title') : undefined} hint={goal === null ? t('hint') : undefined}>
      {goal === null ? (
        <div className="flex flex-wrap gap-6">
          <Stat label={t('inHand')} value={<Money value={worth(inHand)} />} href={hrefs.inHand} />
          <Stat label={t('promised')} value={<Money value={worth(promised)} />} href={hrefs.promised} />
        </div>
      ) : (
        <Thermometer
          label={t('title')}
          inHand={worth(inHand)}
          promised={worth(promised)}
          goal={worth(goal)}
          hrefs={hrefs}
        />
      )}
      <p className="mt-2 flex flex-wrap items-center justify-between gap-2 text-meta">
        <Link href={pledges('active')} className="text-ink-2 underline underline-offset-4">
          {t('open')}
        </Link>
        {maySetGoal && (
          <Link href="/settings/care" className="text-ink-2 underline underline-offset-4">
            {t('setGoal')}
          </Link>
        )}
      </p>
    </Card>
  )
}
