'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import type { Values } from '@/ui/address'
import { SearchField } from '@/ui/search-field'
import { Select } from '@/ui/select'
import { SavedViews } from '../../views/ui/saved-views'
import { CONTACT_KINDS, CONTACT_STATUSES } from '../rules'
import { CONTACT_SORTS, type contactListParams, NOBODY } from './contact-list-params'

type Shown = Values<typeof contactListParams>
type FiltersProps = { params: Shown; onChange: (part: Partial<Shown>) => void }

/** Search, filters and saved views of the list. */
export function ContactFilters({ params, onChange }: FiltersProps) {
  const t = useTranslations('contacts')
  const trpc = useTRPC()
  const groups = useQuery(trpc.groups.list.queryOptions()).data ?? []
  const owners = useQuery(trpc.contacts.owners.queryOptions()).data ?? []
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <SearchField label={t('search')} value={params.q} onChange={(q) => onChange({ q })} className="sm:w-64" />
      <OneOf
        label={t('filter.status')}
        all={t('filter.anyStatus')}
        options={CONTACT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={params.status}
        onChange={(status) => onChange({ status })}
      />
      <OneOf
        label={t('filter.kind')}
        all={t('filter.anyKind')}
        options={CONTACT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={params.kind}
        onChange={(kind) => onChange({ kind })}
      />
      {groups.length > 0 && (
        <OneOf
          label={t('filter.group')}
          all={t('filter.anyGroup')}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          value={params.group}
          onChange={(group) => onChange({ group })}
        />
      )}
      {owners.length > 1 && (
        <OneOf
          label={t('filter.owner')}
          all={t('filter.anyOwner')}
          options={[
            ...owners.map(({ id, name }) => ({ value: id, label: name })),
            { value: NOBODY, label: t('filter.nobody') },
          ]}
          value={params.owner}
          onChange={(owner) => onChange({ owner })}
        />
      )}
      <div className="flex gap-2 max-sm:w-full sm:ml-auto">
        <Select
          label={t('filter.sort')}
          value={params.sort}
          onChange={(sort) => onChange({ sort })}
          options={CONTACT_SORTS.map((value) => ({ value, label: t(`filter.${value}`) }))}
          className="sm:w-40"
        />
        <SavedViews list="contacts" path="/contacts" />
      </div>
    </div>
  )
}

type OneOfProps<Value extends string> = {
  label: string
  all: string
  options: readonly { value: Value; label: string }[]
  value: Value | null
  onChange: (value: Value | null) => void
}

const ALL = 'all'

function OneOf<Value extends string>({ label, all, options, value, onChange }: OneOfProps<Value>) {
  return (
    <div className="min-w-32 max-sm:flex-1 sm:w-40">
      <Select<Value | typeof ALL>
        label={label}
        value={value ?? ALL}
        onChange={(next) => onChange(next === ALL ? null : next)}
        options={[{ value: ALL, label: all }, ...options]}
      />
    </div>
  )
}
