'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { Option } from './select'

type SegmentedProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value
  onChange: (value: Value) => void
  label: string
}

/** Two to four short choices side by side, chosen at once: a view, a period. */
export function Segmented<Value extends string>({ options, value, onChange, label }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      value={value}
      onValueChange={(next) => onChange(next)}
      aria-label={label}
      className="inline-flex w-fit rounded-control border border-line-strong bg-well p-px"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          className="inline-flex h-7 cursor-default select-none items-center gap-1.5 rounded-[5px] border border-transparent px-2.5 text-ink-2 text-table transition-colors hover:text-ink data-checked:border-line-strong data-checked:bg-card data-checked:font-medium data-checked:text-ink data-disabled:opacity-50 pointer-coarse:h-9 [&_svg]:size-4"
        >
          {option.icon}
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
