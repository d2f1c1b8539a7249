'use client'

import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { Money } from '@/ui/money'
import { Stat } from '@/ui/stat'
import type { ShownToday } from '../schema'

/** What pledges promise for the coming seven days: never income. */
export function TodayExpected({ data: { expected, currency }, whose }: { data: ShownToday; whose: 'mine' | 'all' }) {
  const t = useTranslations('today.expected')
  return (
    <Card>
      <Stat
        label={t('title')}
        value={<Money value={{ amount: expected.total, currency }} />}
        note={t('count', { count: expected.count })}
        href={whose === 'mine' ? '/today/expected?whose=mine' : '/today/expected'}
      />
    </Card>
  )
}
