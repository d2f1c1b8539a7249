'use client'

import { Field as Base } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './class-names'

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** The sentence to show, such as react-hook-form's `errors.name?.message`; nothing when undefined. */
  error?: string | undefined
  /** Said in words next to the label, since most fields are required. */
  optional?: string
  disabled?: boolean
  /** Label beside a switch or checkbox instead of above. */
  inline?: boolean
  className?: string
  children: ReactNode
}

/** Label, control, hint and error, tied together for screen readers; works around any control of src/ui. */
export function Field({ label, hint, error, optional, disabled, inline = false, className, children }: FieldProps) {
  return (
    <Base.Root
      invalid={Boolean(error)}
      disabled={disabled}
      className={cx('flex min-w-0 flex-col gap-1', inline && 'gap-x-2', className)}
    >
      <div className={inline ? 'flex items-center gap-2' : 'contents'}>
        {inline && children}
        <Base.Label className="flex items-baseline gap-2 font-medium text-ink text-table">
          {label}
          {optional && <span className="font-normal text-ink-3 text-meta">{optional}</span>}
        </Base.Label>
        {!inline && children}
      </div>
      {hint && <Base.Description className="text-ink-3 text-meta">{hint}</Base.Description>}
      <Base.Error match={Boolean(error)} className="flex items-start gap-1 text-bad-ink text-meta">
        <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
        {error}
      </Base.Error>
    </Base.Root>
  )
}
