import { isPlainDate } from '@/kernel/dates'
import type { CustomKind, CustomValue } from './rules'

export type CustomField = {
  readonly id: string
  readonly kind: CustomKind
  readonly choices: readonly string[]
}

const DECIMAL = /^[+-]?\d{1,15}([.,]\d{1,9})?$/
/** Characters of one value. */
export const LONGEST_VALUE = 1000

/** A value as it is kept, `''` for none, or null where it does not fit its field. A number's comma becomes a dot. */
export function readCustom(field: CustomField, typed: string): CustomValue | null {
  const value = typed.trim()
  if (value === '') return ''
  if (value.length > LONGEST_VALUE) return null
  switch (field.kind) {
    case 'text':
      return value
    case 'number':
      return DECIMAL.test(value) ? value.replace(',', '.') : null
    case 'date':
      return isPlainDate(value) ? value : null
    case 'choice':
      return field.choices.includes(value) ? value : null
  }
}
