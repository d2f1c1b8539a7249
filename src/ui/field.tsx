'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId, useMemo } from 'react'
import { cx } from './class-names'
import { FieldContext } from './field-link'

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
export function Field({
  label,
  hint,
  error,
  optional,
  disabled = false,
  inline = false,
  className,
  children,
}: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  const link = useMemo(
    () => ({ id, labelId: `${id}-label`, describedBy: described, invalid: Boolean(error), disabled }),
    [id, described, error, disabled],
  )
  return (
    <FieldContext value={link}>
      <div className={cx('flex min-w-0 flex-col gap-1', className)}>
        <div className={inline ? 'flex items-center gap-2' : 'contents'}>
          {inline && children}
          <label id={`${id}-label`} htmlFor={id} className="flex items-baseline gap-2 font-medium text-ink text-table">
            {label}
            {optional && <span className="font-normal text-ink-3 text-meta">{optional}</span>}
          </label>
          {!inline && children}
        </div>
        {hint && (
          <p id={`${id}-hint`} className="text-ink-3 text-meta">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} className="flex items-start gap-1 text-bad-ink text-meta">
            <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  )
}
