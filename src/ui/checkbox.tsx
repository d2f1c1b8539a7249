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
        'group/box -m-1 inline-flex size-6 shrink-0 items-center justify-center rounded-control align-middle data-disabled:cursor-not-allowed data-disabled:opacity-50 pointer-coarse:-m-1.5 pointer-coarse:size-8',
        className,
      )}
      {...rest}
    >
      <span className={boxStyles}>
        <Base.Indicator className="flex">
          {indeterminate ? (
            <Minus aria-hidden className="size-3 stroke-3" />
          ) : (
            <Check aria-hidden className="size-3 stroke-3" />
          )}
        </Base.Indicator>
      </span>
    </Base.Root>
  )
}

/** 16 px to the eye, 24 px to the pointer (WCAG 2.2, 2.5.8), 32 px to a finger. */
const boxStyles =
  'flex size-4 items-center justify-center rounded-[4px] border border-edge bg-card text-paper transition-colors group-data-checked/box:border-ink group-data-checked/box:bg-ink group-data-indeterminate/box:border-ink group-data-indeterminate/box:bg-ink group-data-invalid/box:border-bad pointer-coarse:size-5'
