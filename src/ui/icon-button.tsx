import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonStyles } from './button'
import { cx } from './class-names'
import { Tooltip } from './tooltip'

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** What it does, for the tooltip and for screen readers. */
  label: string
  icon: ReactNode
  variant?: ButtonLook['variant']
  size?: 'normal' | 'small'
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string
}

export function IconButton({ label, icon, variant = 'ghost', size, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        className={cx(buttonStyles({ variant, size }), 'aspect-square px-0', className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
