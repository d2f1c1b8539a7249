'use client'

import { Field } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { cx } from './class-names'
import { controlStyles } from './input'

/** Grows with what is written, from `rows` up to 16 lines. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  const look = cx(controlStyles, 'field-sizing-content max-h-84 min-h-16 resize-y py-1.5', className)
  return <Field.Control render={<textarea rows={rows} {...rest} className={look} />} />
}
