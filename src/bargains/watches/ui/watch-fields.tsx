'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { ChannelPicks } from './channel-picks'
import { FilterFields } from './filter-fields'
import { IntervalField } from './interval-field'
import type { WatchFormState } from './watch-form'

type WatchFieldsProps = {
  form: WatchFormState
  busy: boolean
  /** What the button says. */
  save: string
  /** The filter is a tree that these fields cannot show: they are left out and it stays. */
  customFilter?: boolean
}

/** All of a watch but its links. */
export function WatchFields({ form, busy, save, customFilter = false }: WatchFieldsProps) {
  const t = useTranslations('watches.form')
  const { control, formState, register } = form
  const failure = formState.errors.root?.server?.message
  return (
    <>
      <Field label={t('name')} error={formState.errors.name?.message} className="max-w-120">
        <Input {...register('name')} autoComplete="off" />
      </Field>
      {customFilter ? <p className="text-ink-2 text-table">{t('customFilter')}</p> : <FilterFields form={form} />}
      <IntervalField control={control} />
      <ChannelPicks control={control} />
      {failure && (
        <p role="alert" className="text-bad-ink text-table">
          {t('notSaved')} {failure}
        </p>
      )}
      <Button type="submit" variant="primary" busy={busy} className="self-start">
        {save}
      </Button>
    </>
  )
}
