'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import type { Values } from '@/ui/address'
import { Button } from '@/ui/button'
import { Segmented } from '@/ui/segmented'
import { Select } from '@/ui/select'
import { METHODS } from '../rules'
import { type giftListParams, PERIODS, SHOWN } from './gift-list-params'

type Shown = Values<typeof giftListParams>
type FiltersProps = { params: Shown; onChange: (part: Partial<Shown>) => void }

const ALL = 'all'

export function GiftFilters({ params, onChange }: FiltersProps) {
  const t = useTranslations('gifts')
  const funds = useQuery(useTRPC().funds.list.queryOptions()).data ?? []
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <div className="max-w-full overflow-x-auto">
        <Segmented
          label={t('filter.show')}
          value={params.show}
          onChange={(show) => onChange({ show })}
          options={SHOWN.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
      </div>
      <div className="min-w-32 max-sm:flex-1 sm:w-40">
        <Select
          label={t('filter.period')}
          value={params.period}
          onChange={(period) => onChange({ period, from: null, to: null })}
          options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        />
      </div>
      <div className="min-w-32 max-sm:flex-1 sm:w-40">
        <Select
          label={t('column.method')}
          value={params.method ?? ALL}
          onChange={(method) => onChange({ method: method === ALL ? null : method })}
          options={[
            { value: ALL, label: t('filter.anyMethod') },
            ...METHODS.map((value) => ({ value, label: t(`method.${value}`) })),
          ]}
        />
      </div>
      {isNarrowed(params) && (
        <Button
          size="small"
          variant="ghost"
          onClick={() => onChange({ from: null, to: null, currency: null, whose: 'all' })}
        >
          {t('filter.narrowed')}
        </Button>
      )}
      {funds.length > 0 && (
        <div className="min-w-32 max-sm:flex-1 sm:w-40">
          <Select
            label={t('column.fund')}
            value={params.fund ?? ALL}
            onChange={(fund) => onChange({ fund: fund === ALL ? null : fund })}
            options={[
              { value: ALL, label: t('filter.anyFund') },
              ...funds.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      )}
    </div>
  )
}

/** By what no choice above shows: a figure led here. */
function isNarrowed({ from, to, currency, whose }: Shown): boolean {
  return from !== null || to !== null || currency !== null || whose === 'mine'
}
