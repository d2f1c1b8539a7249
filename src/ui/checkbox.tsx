'use client'

import { Check, Minus } from 'lucide-react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'

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

export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, indeterminate = false, label, disabled, name, id, className } = props
  const link = useFieldLink({ id, disabled, label })
  const Mark = indeterminate ? Minus : Check
  return (
    <span className={cx(areaStyles, className)}>
      <input
        {...link}
        type="checkbox"
        name={name}
        checked={checked}
        ref={(element) => {
          if (element) element.indeterminate = indeterminate
        }}
        onChange={(event) => onChange(event.target.checked)}
        className="peer absolute inset-0 cursor-default appearance-none outline-none disabled:cursor-not-allowed"
      />
      <span aria-hidden className={boxStyles}>
        {(checked || indeterminate) && <Mark className="size-3 stroke-3" />}
      </span>
    </span>
  )
}

/** 16 px to the eye, 24 px to the pointer (WCAG 2.2, 2.5.8), 32 px to a finger. */
const areaStyles =
  'relative -m-1 inline-flex size-6 shrink-0 items-center justify-center align-middle pointer-coarse:-m-1.5 pointer-coarse:size-8'

const boxStyles =
  'pointer-events-none flex size-4 items-center justify-center rounded-[4px] border border-edge bg-card text-paper transition-colors peer-checked:border-ink peer-checked:bg-ink peer-indeterminate:border-ink peer-indeterminate:bg-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-wheat peer-disabled:opacity-50 peer-aria-invalid:border-bad pointer-coarse:size-5'
