import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './class-names'
import { Spinner } from './spinner'

/** Shared by Button, LinkButton and IconButton, so that they cannot drift apart. */
export const buttonStyles = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium text-body transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]',
  {
    variants: {
      variant: {
        primary: 'border-ink bg-ink text-paper hover:border-ink-2 hover:bg-ink-2',
        secondary: 'border-line-strong bg-card text-ink hover:bg-well active:bg-press',
        ghost: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-press',
        danger: 'border-bad-ink bg-bad-ink text-paper hover:opacity-90 dark:border-bad dark:bg-bad',
        link: 'h-auto! border-transparent px-0! text-wheat-ink underline-offset-3 hover:underline',
      },
      size: {
        normal: 'control-height px-3',
        small: 'h-7 px-2 text-table pointer-coarse:h-9',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'normal' },
  },
)

export type ButtonLook = VariantProps<typeof buttonStyles>

type ButtonProps = ComponentProps<'button'> & ButtonLook & { icon?: ReactNode; busy?: boolean }

/** `busy` shows that work is under way, keeps the width and lets nothing through. */
export function Button({ variant, size, icon, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(buttonStyles({ variant, size }), className)}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
