'use client'

import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import { cx } from './class-names'

type CheckboxProps = {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Some but not all of what it stands for. */
  indeterminate?: boolean
  /** Needed where no Field gives a label. */
  label?: string
  disabled?: boolean
  name?: string
  id?: string
  className?: string
}

export function Checkbox({ checked, onChange, indeterminate = false, label, className, ...rest }: CheckboxProps) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      indeterminate={indeterminate}
      aria-label={label}
      className={cx(
        'hit-area inline-flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-edge bg-card text-paper transition-colors pointer-coarse:size-5',
        'data-checked:border-ink data-indeterminate:border-ink data-checked:bg-ink data-indeterminate:bg-ink data-disabled:cursor-not-allowed data-disabled:opacity-50 data-invalid:border-bad',
        className,
      )}
      {...rest}
    >
      <Base.Indicator className="flex">
        {indeterminate ? (
          <Minus aria-hidden className="size-3 stroke-3" />
        ) : (
          <Check aria-hidden className="size-3 stroke-3" />
        )}
      </Base.Indicator>
    </Base.Root>
  )
}
