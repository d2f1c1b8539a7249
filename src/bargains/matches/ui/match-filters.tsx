'use client'

import { useTranslations } from 'next-intl'
import { Segmented } from '@/ui/segmented'
import { Select } from '@/ui/select'
import { SHOWN_STATES, SORTS } from './match-list-params'

type Named = { id: string; name: string }

type MatchFiltersProps = {
  state: (typeof SHOWN_STATES)[number]
  sort: (typeof SORTS)[number]
  onState: (state: (typeof SHOWN_STATES)[number]) => void
  onSort: (sort: (typeof SORTS)[number]) => void
  /** Choices of the page of all matches; left out on the page of one watch. */
  watches?: { list: readonly Named[]; value: string | null; onChange: (id: string | null) => void }
  sources?: { list: readonly Named[]; value: string | null; onChange: (id: string | null) => void }
}

export function MatchFilters({ state, sort, onState, onSort, watches, sources }: MatchFiltersProps) {
  const t = useTranslations('matches.filter')
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <div className="max-w-full overflow-x-auto">
        <Segmented
          label={t('state')}
          value={state}
          onChange={onState}
          options={SHOWN_STATES.map((value) => ({ value, label: t(value) }))}
        />
      </div>
      {watches && <OneOf label={t('watch')} all={t('anyWatch')} {...watches} />}
      {sources && sources.list.length > 1 && <OneOf label={t('source')} all={t('anySource')} {...sources} />}
      <div className="min-w-32 max-sm:flex-1 sm:ml-auto sm:w-40">
        <Select
          label={t('sort')}
          value={sort}
          onChange={onSort}
          options={SORTS.map((value) => ({ value, label: t(value) }))}
        />
      </div>
    </div>
  )
}

type OneOfProps = {
  label: string
  all: string
  list: readonly Named[]
  value: string | null
  onChange: (id: string | null) => void
}

const ALL = 'all'

function OneOf({ label, all, list, value, onChange }: OneOfProps) {
  const options = [{ value: ALL, label: all }, ...list.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <div className="min-w-32 max-sm:flex-1 sm:w-48">
      <Select
        label={label}
        value={value ?? ALL}
        onChange={(next) => onChange(next === ALL ? null : next)}
        options={options}
      />
    </div>
  )
}
