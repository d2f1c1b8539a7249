'use client'

import { Switch as Base } from '@base-ui/react/switch'
import { cx } from './class-names'

type SwitchProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Needed where no Field gives a label. */
  label?: string
  disabled?: boolean
  name?: string
  id?: string
}

/** On or off at once, without a Save button. */
export function Switch({ checked, onChange, label, ...rest }: SwitchProps) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      aria-label={label}
      className={cx(
        'hit-area inline-flex h-5 w-8.5 shrink-0 items-center rounded-full border border-edge bg-edge p-px transition-colors',
        'data-checked:border-good data-checked:bg-good data-disabled:cursor-not-allowed data-disabled:opacity-50',
      )}
      {...rest}
    >
      <Base.Thumb className="size-4 rounded-full bg-card shadow-lift transition-transform data-checked:translate-x-3.5 dark:bg-paper" />
    </Base.Root>
  )
}
