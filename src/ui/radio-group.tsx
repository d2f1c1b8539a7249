'use client'

import { useId } from 'react'
import { useFieldLabelId, useFieldLink } from './field-link'
import type { Option } from './select'

type RadioGroupProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** Needed where no Field gives a label. */
  label?: string
  disabled?: boolean
  name?: string
}

/** A choice among a few, each with its explanation in sight. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { options, value, onChange, label, name } = props
  const isDisabled = useFieldLink({ disabled: props.disabled }).disabled
  const id = useId()
  const labelId = useFieldLabelId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-labelledby={label ? undefined : labelId}
      className="flex flex-col gap-2"
    >
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2">
          <span className="relative -m-1 inline-flex size-6 shrink-0 items-center justify-center">
            <input
              type="radio"
              name={name ?? id}
              value={option.value}
              checked={option.value === value}
              disabled={isDisabled || option.disabled}
              onChange={() => onChange(option.value)}
              className="peer absolute inset-0 cursor-default appearance-none outline-none disabled:cursor-not-allowed"
            />
            <span aria-hidden className={dotStyles} />
          </span>
          <span className="leading-4.5">
            {option.label}
            {option.hint && <span className="block text-ink-3 text-meta">{option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}

const dotStyles =
  'pointer-events-none flex size-4 items-center justify-center rounded-full border border-edge bg-card before:size-2 before:rounded-full peer-checked:border-ink peer-checked:before:bg-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-wheat peer-disabled:opacity-50'
