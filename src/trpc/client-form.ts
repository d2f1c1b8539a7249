'use client'

import { type DefaultValues, type FieldPath, type FieldValues, set, type UseFormReturn, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { factsOf } from './client-errors'
import { fieldErrors } from './client-field-errors'
import { useFind } from './client-find'

/**
 * A form that is checked by the schema that the server checks with, in the reader's words, at the first blur. Only then
 * is the schema loaded, `() => import('../schema').then(…)`: zod would be a quarter of what a page may load.
 */
export function useSchemaForm<Input extends FieldValues, Output>(
  load: () => Promise<z.ZodType<Output, Input>>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  const find = useFind()
  return useForm<Input, unknown, Output>({
    defaultValues,
    mode: 'onTouched',
    resolver: async (values, _context, { names = [] }) => {
      const schema = await load().catch(() => null)
      if (!schema) return { values: {}, errors: errorsOf(names.map((path) => [path, find('errors.network') ?? ''])) }
      const result = schema.safeParse(values)
      if (result.success) return { values: result.data, errors: {} }
      return { values: {}, errors: errorsOf(Object.entries(fieldErrors(result.error.issues, find))) }
    },
  })
}

function errorsOf(texts: readonly (readonly [path: string, message: string])[]): object {
  const errors = {}
  for (const [path, message] of texts) set(errors, path, { type: 'schema', message })
  return errors
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
