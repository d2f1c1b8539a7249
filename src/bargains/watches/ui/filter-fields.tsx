'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { currencySign } from '@/kernel/money'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { TagInput } from '@/ui/tag-input'
import type { WatchFormInput, WatchFormOutput } from './watch-form-schema'

type FilterFieldsProps = { form: UseFormReturn<WatchFormInput, unknown, WatchFormOutput> }

/** What of the search counts: price range, words, and from which drop on to tell. */
export function FilterFields({ form }: FilterFieldsProps) {
  const t = useTranslations('watches.form')
  const { control, formState, register, watch } = form
  const sign = currencySign(watch('currency'), useLocale())
  return (
    <>
      <div className="flex max-w-120 flex-wrap gap-3">
        <Field label={t('priceFrom')} error={formState.errors.priceFrom?.message} className="min-w-32 flex-1">
          <Input numeric after={sign} className="pr-12" autoComplete="off" {...register('priceFrom')} />
        </Field>
        <Field label={t('priceTo')} error={formState.errors.priceTo?.message} className="min-w-32 flex-1">
          <Input numeric after={sign} className="pr-12" autoComplete="off" {...register('priceTo')} />
        </Field>
        <Field label={t('drop')} error={formState.errors.dropPercent?.message} className="min-w-32 flex-1">
          <Input numeric after="%" inputMode="numeric" {...register('dropPercent', { setValueAs: toWhole })} />
        </Field>
      </div>
      <Controller
        control={control}
        name="words"
        render={({ field, fieldState }) => (
          <Field label={t('words')} hint={t('wordsHint')} error={fieldState.error?.message} className="max-w-120">
            <TagInput value={field.value} onChange={field.onChange} />
          </Field>
        )}
      />
      <Controller
        control={control}
        name="notWords"
        render={({ field, fieldState }) => (
          <Field label={t('notWords')} hint={t('notWordsHint')} error={fieldState.error?.message} className="max-w-120">
            <TagInput value={field.value} onChange={field.onChange} tone="bad" />
          </Field>
        )}
      />
    </>
  )
}

/** What is no number is left for the schema to refuse. */
function toWhole(typed: unknown): number {
  return typed === '' || typed === null ? Number.NaN : Number(typed)
}
