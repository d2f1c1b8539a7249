import { cx } from './class-names'

/** The ear of wheat; with the name beside it where there is room. */
export function Brand({ name, className }: { name?: string; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 font-bold text-ink tracking-[-0.01em]', className)}>
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0 text-wheat">
        <path d="M10 18V7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        <g fill="currentColor">
          <path d="M10 1.600c1.700 1.500 1.700 3.700 0 5.200-1.700-1.500-1.700-3.700 0-5.200z" />
          <path d="M10.700 10.400c.1-2.300 1.700-3.900 4-4-.1 2.300-1.700 3.900-4 4z" />
          <path d="M9.300 10.400c-.1-2.300-1.700-3.900-4-4 .1 2.300 1.700 3.900 4 4z" />
          <path d="M10.700 15c.1-2.300 1.700-3.900 4-4-.1 2.300-1.700 3.900-4 4z" />
          <path d="M9.300 15c-.1-2.300-1.700-3.900-4-4 .1 2.300 1.700 3.900 4 4z" />
        </g>
      </svg>
      {name}
    </span>
  )
}
