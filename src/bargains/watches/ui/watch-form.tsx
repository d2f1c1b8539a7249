'use client'

import type { ReactNode } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { late } from '@/ui/late'
import { LinksField } from './links-field'
import { useLinkPreview } from './use-link-preview'
import type { WatchFormInput, WatchFormOutput } from './watch-form-schema'

// It shows what the server has to look up first.
const LinkPreview = late(() => import('./link-preview').then((module) => module.LinkPreview))

export type WatchFormState = UseFormReturn<WatchFormInput, unknown, WatchFormOutput>
export type FoundSearches = ReturnType<typeof useLinkPreview>['found']

type WatchFormProps = {
  form: WatchFormState
  onSave: (values: WatchFormOutput) => void
  /** New: the links are written first. */
  fresh: boolean
  /** The fields under the links, given what was found there. */
  children: (found: FoundSearches) => ReactNode
}

/** One form for a new watch and for changing one: the links, what they are, and below them `watch-fields.tsx`. */
export function WatchForm({ form, onSave, fresh, children }: WatchFormProps) {
  const text = form.watch('text')
  const preview = useLinkPreview(text)
  return (
    <form noValidate onSubmit={form.handleSubmit(onSave)} className="flex max-w-180 flex-col gap-5">
      <Controller
        control={form.control}
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
      <div aria-live="polite" aria-busy={preview.isLoading} className="flex flex-col gap-2 empty:hidden">
        {text.trim() !== '' && (
          <LinkPreview isLoading={preview.isLoading} found={preview.found} error={preview.error} />
        )}
      </div>
      {children(preview.found)}
    </form>
  )
}
