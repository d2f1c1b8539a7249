'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Select } from '@/ui/select'
import { DELIVERY_STATES } from '../rules-states'
import type { ListedDelivery } from '../schema'

type State = ListedDelivery['state']
type Params = { state: State | null; channel: string | null }
type Props = { readonly params: Params; readonly onChange: (params: Partial<Params>) => void }

const ALL = 'all'

export function DeliveryFilters({ params, onChange }: Props) {
  const t = useTranslations('deliveries')
  const { data: channels = [] } = useQuery(useTRPC().channels.list.queryOptions())
  const states = DELIVERY_STATES.map((value) => ({ value: value as string, label: t(`states.${value}`) }))
  const targets = channels.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        size="small"
        label={t('filters.state')}
        options={[{ value: ALL, label: t('filters.all') }, ...states]}
        value={params.state ?? ALL}
        onChange={(value) => onChange({ state: DELIVERY_STATES.find((state) => state === value) ?? null })}
      />
      <Select
        size="small"
        label={t('filters.channel')}
        options={[{ value: ALL, label: t('filters.anyChannel') }, ...targets]}
        value={params.channel ?? ALL}
        onChange={(value) => onChange({ channel: value === ALL ? null : value })}
      />
    </div>
  )
}
