'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { ChannelPicks } from './channel-picks'
import { FilterFields } from './filter-fields'
import { IntervalField } from './interval-field'
import { LinkPreview } from './link-preview'
import { LinksField } from './links-field'
import { useLinkPreview } from './use-link-preview'
import { suggestName } from './use-search-words'
import type { WatchFormInput, WatchFormOutput } from './watch-form-schema'

export type WatchFormState = UseFormReturn<WatchFormInput, unknown, WatchFormOutput>

type WatchFormProps = {
  form: WatchFormState
  onSave: (values: WatchFormOutput) => void
  busy: boolean
  /** New: the fields under the links come once there is a link, and the name is suggested. */
  fresh: boolean
  /** The filter is a tree that these fields cannot show: they are left out and it stays. */
  customFilter?: boolean
}

/** One form for a new watch and for changing one. */
export function WatchForm({ form, onSave, busy, fresh, customFilter = false }: WatchFormProps) {
  const t = useTranslations('watches.form')
  const { control, formState, register, watch } = form
  const text = watch('text')
  const preview = useLinkPreview(text)
  useSuggestions(form, preview.found, fresh)
  const failure = formState.errors.root?.server?.message
  const shown = !fresh || text.trim() !== ''
  return (
    <form noValidate onSubmit={form.handleSubmit(onSave)} className="flex max-w-180 flex-col gap-5">
      <Controller
        control={control}
        name="text"
        render={({ field, fieldState }) => (
          <LinksField
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            onPasted={preview.askNow}
            error={fieldState.error?.message}
            focus={fresh}
          />
        )}
      />
      <LinkPreview isLoading={preview.isLoading} found={preview.found} error={preview.error} />
      {shown && (
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
            {fresh ? t('save') : t('saveChanges')}
          </Button>
        </>
      )}
    </form>
  )
}

/** Until somebody has written a name, the first search gives one; its currency is that of the price range. */
function useSuggestions(form: WatchFormState, found: ReturnType<typeof useLinkPreview>['found'], fresh: boolean) {
  useEffect(() => {
    const first = found?.searches[0]
    if (!first || !fresh) return
    form.setValue('currency', first.says.currency)
    if (!form.getFieldState('name').isDirty) form.resetField('name', { defaultValue: suggestName(first.says) })
  }, [found, fresh, form])
}
