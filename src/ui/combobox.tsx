'use client'

import dynamic from 'next/dynamic'
import { Input } from './input'
import type { Option } from './select'

export type ComboboxProps<Value extends string> = {
  options: readonly Option<Value>[]
  value: Value | null
  onChange: (value: Value | null) => void
  /** Needed where no Field gives a label. */
  label?: string
  placeholder?: string
  disabled?: boolean
  /** What to say when nothing fits; a general line when left out. */
  empty?: string
  /** The options are found elsewhere: told what is typed, and nothing is filtered here. */
  onQueryChange?: (query: string) => void
  className?: string
}

/** Until its code is here: a field that looks the same. */
const ComboboxBox = dynamic(() => import('./combobox-box').then((module) => module.ComboboxBox), {
  ssr: false,
  loading: () => <Input disabled />,
})

/** A choice among many, found by typing. */
export function Combobox<Value extends string>({ options, value, onChange, ...rest }: ComboboxProps<Value>) {
  return (
    <ComboboxBox
      options={options}
      value={value}
      onChange={(next) => onChange(options.find((option) => option.value === next)?.value ?? null)}
      {...rest}
    />
  )
}
