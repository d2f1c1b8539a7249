'use client'

import { useId } from 'react'
import type { Option } from './select'

type SegmentedProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value
  onChange: (value: Value) => void
  label: string
}

/** Two to four short choices side by side, chosen at once: a view, a period. */
export function Segmented<Value extends string>({ options, value, onChange, label }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex w-fit max-w-full rounded-control border border-line-strong bg-well p-px"
    >
      {options.map((option) => (
        <label key={option.value} className="relative min-w-0">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            className="peer absolute inset-0 cursor-default appearance-none outline-none disabled:cursor-not-allowed"
          />
          <span className={segmentStyles}>
            {option.icon}
            {option.label}
          </span>
        </label>
      ))}
    </div>
  )
}

const segmentStyles =
  'inline-flex h-7 cursor-default select-none items-center gap-1.5 truncate rounded-[5px] border border-transparent px-2.5 text-ink-2 text-table transition-colors hover:text-ink peer-checked:border-line-strong peer-checked:bg-card peer-checked:font-medium peer-checked:text-ink peer-focus-visible:outline-2 peer-focus-visible:outline-wheat peer-disabled:opacity-50 pointer-coarse:h-9 [&_svg]:size-4'
