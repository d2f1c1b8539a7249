'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { type DefaultValues, type FieldPath, type FieldValues, set, type UseFormReturn, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { factsOf } from './client-errors'
import { fieldErrors } from './client-field-errors'

type Find = (key: string, values?: Record<string, string | number>) => string | null

/** A text by a key that is put together at run time, or null. */
export function useFind(): Find {
  const t = useTranslations()
  return useCallback(
    (key, values) => {
      // Not known to the types: `has` asks.
      const loose = t as unknown as { has: (key: string) => boolean } & ((key: string, values?: object) => string)
      return loose.has(key) ? loose(key, values) : null
    },
    [t],
  )
}

/** A form that is checked by the schema that the server checks with, in the reader's words, at the first blur. */
export function useSchemaForm<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  const find = useFind()
  return useForm<Input, unknown, Output>({
    defaultValues,
    mode: 'onTouched',
    resolver: (values) => {
      const result = schema.safeParse(values)
      if (result.success) return { values: result.data, errors: {} }
      const errors = {}
      for (const [path, message] of Object.entries(fieldErrors(result.error.issues, find))) {
        set(errors, path, { type: 'schema', message })
      }
      return { values: {}, errors }
    },
  })
}

/** Puts what the server refused at its fields; what belongs to none goes to `root.server`. Focuses the first. */
export function showServerErrors<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  error: { readonly message: string },
  networkText: string,
): void {
  const facts = factsOf(error)
  const known = Object.entries(facts?.fields ?? {}).filter(([path]) => hasField(form.getValues(), path))
  for (const [path, message] of known) {
    // `hasField` has just found it in the form's values.
    form.setError(path as FieldPath<Input>, { type: 'server', message }, { shouldFocus: true })
  }
  if (known.length === 0) form.setError('root.server', { type: 'server', message: facts ? error.message : networkText })
}

function hasField(values: object, path: string): boolean {
  return Object.hasOwn(values, path.split('.')[0] ?? path)
}
