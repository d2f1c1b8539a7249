'use client'

import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'
import { controlStyles } from './input'

export type Option<Value extends string = string> = {
  value: Value
  label: string
  /** A quieter word after the label. */
  hint?: string
  /** Where there is room for one: Combobox, Segmented. */
  icon?: ReactNode
  disabled?: boolean
}

type SelectProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** Needed where no Field gives a label. */
  label?: string
  placeholder?: string
  disabled?: boolean
  name?: string
  id?: string
  size?: 'normal' | 'small'
  className?: string
}

/**
 * A choice among a known few: the platform's own, which a phone shows as its wheel and which costs nothing to load.
 * Among many use Combobox.
 */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, label, placeholder, size = 'normal', className, id, disabled, name } = props
  const link = useFieldLink({ id, disabled, label })
  return (
    <span className={cx('relative block w-full min-w-0', size === 'small' && 'w-auto', className)}>
      <select
        {...link}
        name={name}
        value={value ?? ''}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
        className={cx(
          controlStyles,
          'control-height select-styled pr-8',
          size === 'small' && 'h-7 text-table pointer-coarse:h-9',
          value === null && 'text-ink-3',
        )}
      >
        {value === null && (
          <option value="" disabled hidden>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.hint ? `${option.label} · ${option.hint}` : option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-3.5 text-ink-3"
      />
    </span>
  )
}
