'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { Badge } from '@/ui/badge'
import { Checkbox } from '@/ui/checkbox'
import { toneOf } from '../../groups/ui/group-marks'
import type { ContactFormState } from './contact-form'

/** Which groups they are in. */
export function GroupPicks({ form }: { form: ContactFormState }) {
  const t = useTranslations('contacts.form')
  const groups = useQuery(useTRPC().groups.list.queryOptions()).data ?? []
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-table">{t('groups')}</legend>
      {groups.length === 0 && <p className="text-ink-3 text-table">{t('noGroups')}</p>}
      <Controller
        control={form.control}
        name="groupIds"
        render={({ field: { value: chosen, onChange } }) => (
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            {groups.map(({ id, name, colour }) => (
              <span key={id} className="inline-flex items-center gap-1.5">
                <Checkbox
                  label={name}
                  checked={chosen.includes(id)}
                  onChange={(wanted) => onChange(wanted ? [...chosen, id] : chosen.filter((one) => one !== id))}
                />
                <Badge tone={toneOf(colour)}>{name}</Badge>
              </span>
            ))}
          </div>
        )}
      />
    </fieldset>
  )
}
