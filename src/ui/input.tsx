'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names'
import { useFieldLink } from './field-link'

/** Shared by every control that looks like a box to write in; 16 px text for a finger, or iOS zooms in. */
export const controlStyles =
  'w-full min-w-0 rounded-control border border-edge bg-card px-2.5 text-body text-ink transition-colors hover:border-ink-3 focus-visible:border-wheat focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-well disabled:text-ink-3 aria-invalid:border-bad pointer-coarse:text-touch'

type InputProps = Omit<ComponentProps<'input'>, 'prefix'> & {
  /** A unit or a sign inside the box: "zł", "km", an icon. */
  before?: ReactNode
  after?: ReactNode
  /** Digits: right-aligned, tabular. */
  numeric?: boolean
}

export function Input({ className, before, after, numeric = false, id, disabled, ...rest }: InputProps) {
  const link = useFieldLink({ id, disabled, label: rest['aria-label'] })
  const look = cx(
    controlStyles,
    'control-height',
    numeric && 'figures text-right',
    before && 'pl-8',
    after && 'pr-10',
    className,
  )
  const box = <input inputMode={numeric ? 'decimal' : undefined} {...rest} {...link} className={look} />
  if (!before && !after) return box
  return (
    <span className="relative block w-full">
      {before && <Adornment side="left-2.5">{before}</Adornment>}
      {box}
      {after && <Adornment side="right-2.5">{after}</Adornment>}
    </span>
  )
}

function Adornment({ side, children }: { side: string; children: ReactNode }) {
  return (
    <span
      className={cx(
        'pointer-events-none absolute inset-y-0 flex items-center text-ink-3 text-table [&_svg]:size-4 [&_svg]:stroke-[1.75]',
        side,
      )}
    >
      {children}
    </span>
  )
}
