'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { suggestName } from './use-search-words'
import { WatchFields } from './watch-fields'
import type { FoundSearches, WatchFormState } from './watch-form'

type NewWatchFieldsProps = { form: WatchFormState; found: FoundSearches; busy: boolean }

/** Come once there is a link. */
export function NewWatchFields({ form, found, busy }: NewWatchFieldsProps) {
  useSuggestions(form, found)
  return <WatchFields form={form} busy={busy} save={useTranslations('watches.form')('save')} />
}

/** Until somebody has written a name, the first search gives one; its currency is that of the price range. */
function useSuggestions(form: WatchFormState, found: FoundSearches) {
  useEffect(() => {
    const first = found?.searches[0]
    if (!first) return
    form.setValue('currency', first.says.currency)
    if (!form.getFieldState('name').isDirty) form.resetField('name', { defaultValue: suggestName(first.says) })
  }, [found, form])
}
