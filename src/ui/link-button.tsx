import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonStyles } from './button'
import { cx } from './class-names'

type LinkButtonProps = ComponentProps<typeof Link> & ButtonLook & { icon?: ReactNode }

/** Looks like a button and goes somewhere. `target="_blank"` gets `rel` by itself. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: LinkButtonProps) {
  const away = rest.target === '_blank' ? { rel: 'noopener noreferrer' } : {}
  return (
    <Link className={cx(buttonStyles({ variant, size }), className)} {...away} {...rest}>
      {icon}
      {children}
    </Link>
  )
}
