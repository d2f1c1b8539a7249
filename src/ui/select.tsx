'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'
import { controlStyles } from './input'
import { popupItemStyles, popupStyles } from './popup-styles'

export type Option<Value extends string = string> = {
  value: Value
  label: string
  /** A quieter second line. */
  hint?: string
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

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, label, placeholder, size = 'normal', className, ...rest } = props
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next: Value | null) => next !== null && onChange(next)}
      modal={false}
      {...rest}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          controlStyles,
          'control-height flex items-center justify-between gap-2 text-left',
          size === 'small' && 'h-7 w-auto text-table',
          className,
        )}
      >
        <Base.Value className="truncate data-placeholder:text-ink-3" placeholder={placeholder} />
        <Base.Icon className="text-ink-3">
          <ChevronsUpDown className="size-3.5" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className={cx(popupStyles, 'min-w-(--anchor-width) p-1')}>
            <Base.List>
              {options.map((option) => (
                <SelectItem key={option.value} option={option} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function SelectItem({ option }: { option: Option }) {
  return (
    <Base.Item value={option.value} disabled={option.disabled} className={cx(popupItemStyles, 'pr-8')}>
      {option.icon}
      <span className="min-w-0 flex-1">
        <Base.ItemText className="block truncate">{option.label}</Base.ItemText>
        {option.hint && <span className="block text-ink-3 text-meta">{option.hint}</span>}
      </span>
      <Base.ItemIndicator className="absolute right-3">
        <Check aria-hidden />
      </Base.ItemIndicator>
    </Base.Item>
  )
}
