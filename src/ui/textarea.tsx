'use client'

import type { ComponentProps } from 'react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'
import { controlStyles } from './input'

/** Grows with what is written, from `rows` up to 16 lines. */
export function Textarea({ className, rows = 3, id, disabled, ...rest }: ComponentProps<'textarea'>) {
  const link = useFieldLink({ id, disabled, label: rest['aria-label'] })
  const look = cx(controlStyles, 'field-sizing-content max-h-84 min-h-16 resize-y py-1.5', className)
  return <textarea rows={rows} {...rest} {...link} className={look} />
}
