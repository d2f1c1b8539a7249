'use client'

import { useTranslations } from 'next-intl'
import { Select } from '@/ui/select'
import { RUN_STATES } from '../rules-states'
import { shortName } from './job-names'
import type { RunRow } from './job-types'

type Params = { state: RunRow['state'] | null; function: string | null }
type Props = {
  readonly params: Params
  readonly functions: readonly string[]
  readonly onChange: (params: Partial<Params>) => void
}

const ALL = 'all'

export function RunFilters({ params, functions, onChange }: Props) {
  const t = useTranslations('jobs')
  const states = RUN_STATES.map((value) => ({ value: value as string, label: t(`states.${value}`) }))
  const named = params.function && !functions.includes(params.function) ? [params.function, ...functions] : functions
  const choices = named.map((id) => ({ value: id, label: shortName(id) }))
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        size="small"
        label={t('filters.state')}
        options={[{ value: ALL, label: t('filters.anyState') }, ...states]}
        value={params.state ?? ALL}
        onChange={(value) => onChange({ state: RUN_STATES.find((state) => state === value) ?? null })}
      />
      <Select
        size="small"
        label={t('filters.function')}
        options={[{ value: ALL, label: t('filters.anyFunction') }, ...choices]}
        value={params.function ?? ALL}
        onChange={(value) => onChange({ function: value === ALL ? null : value })}
      />
    </div>
  )
}
