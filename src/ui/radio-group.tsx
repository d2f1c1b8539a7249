'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup as Base } from '@base-ui/react/radio-group'
import { useId } from 'react'
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
export function RadioGroup<Value extends string>({ options, value, onChange, label, ...rest }: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <Base
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      aria-label={label}
      className="flex flex-col gap-2"
      {...rest}
    >
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <Radio.Root
            value={option.value}
            disabled={option.disabled}
            aria-labelledby={`${id}-${option.value}`}
            className="group/radio -m-1 inline-flex size-6 shrink-0 items-center justify-center rounded-full data-disabled:opacity-50"
          >
            <span className="mt-0.5 flex size-4 items-center justify-center rounded-full border border-edge bg-card group-data-checked/radio:border-ink">
              <Radio.Indicator className="size-2 rounded-full bg-ink" />
            </span>
          </Radio.Root>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the radio itself takes the keys */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: only widens the radio's area for the mouse */}
          <div className="cursor-default" onClick={() => !option.disabled && !rest.disabled && onChange(option.value)}>
            <span id={`${id}-${option.value}`}>{option.label}</span>
            {option.hint && <span className="block text-ink-3 text-meta">{option.hint}</span>}
          </div>
        </div>
      ))}
    </Base>
  )
}
